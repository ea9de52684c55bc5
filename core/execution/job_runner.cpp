#include "core/execution/job_runner.h"

#include <algorithm>
#include <chrono>
#include <thread>
#include <unordered_map>

#include "core/execution/follow_up.h"
#include "core/execution/sample_request.h"
#include "core/execution/scoring.h"
#include "core/execution/scoring_queue.h"
#include "core/execution/task_scorer.h"

namespace loom {
namespace {

using Clock = std::chrono::steady_clock;

double seconds_since(Clock::time_point start) {
  return std::chrono::duration<double>(Clock::now() - start).count();
}

// Prompts held at once. Enough to group what shares a document, little enough for long contexts.
constexpr size_t kBatchTokens = 8'000'000;
constexpr size_t kBatchSamples = 256;
// Longer tails of a prompt are no question any more.
constexpr size_t kMostAskedBytes = 4096;

Sample sample_of(const Job& job, int index, const Record& record) {
  Sample sample;
  sample.job = job.index;
  sample.index = index;
  sample.record_id = record.id;
  sample.references = record.references;
  sample.metadata = record.metadata;
  // What is asked about the document, for a judge and a reader who should not need the whole
  // prompt.
  const size_t asked = record.prompt.size() - std::min(record.prompt.size(), record.context_end);
  if (record.context_end > 0 && asked > 0 && asked <= kMostAskedBytes)
    sample.metadata["asked"] = record.prompt.substr(record.context_end);
  return sample;
}

class JobRun {
 public:
  JobRun(const RunContext& context, const Job& job, ServingModel& model, JobRecords records,
         TaskScorer scorer)
      : context_(context),
        job_(job),
        model_(model),
        records_(std::move(records)),
        scorer_(std::move(scorer)),
        scoring_([this](const Sample& sample) { return scorer_.score(sample, stop_); },
                 [this](Sample& sample) { return store(sample); }) {}

  Status run(const std::vector<int>& finished, std::stop_token stop);

 private:
  Status prepare(const std::vector<int>& finished, size_t& next, std::stop_token stop);
  PromptLimits limits(const Record& record) const;
  GenerationRequest request_for(uint64_t id, const Prompt& prompt,
                                const PromptLimits& limits) const;
  Result<bool> ask_again(uint64_t id, Sample& sample, GenerationResult& answer);
  Status ask(std::stop_token stop);
  Status wait_while_paused(std::stop_token stop);
  GenerationObserver observer(std::stop_source& interrupt);
  void finish(uint64_t id, Result<GenerationResult> result);
  Result<bool> take_remembered(const Record& record, Sample& sample);
  Status read_references(std::stop_token stop);
  void fail(Sample sample, const Error& reason);
  void conclude(Sample& sample, GenerationResult result);
  Status store(Sample& sample);

  const RunContext& context_;
  const Job& job_;
  ServingModel& model_;
  JobRecords records_;
  TaskScorer scorer_;
  std::stop_token stop_;
  std::unordered_map<int, SampleScore> read_;  // of references, for samples without an answer yet
  std::unordered_map<uint64_t, Sample> waiting_;  // by index within the job
  std::vector<GenerationRequest> requests_;
  struct SecondQuestion {
    GenerationResult first;
    std::string prompt;
    GenerationRequest request;
  };
  std::unordered_map<uint64_t, SecondQuestion> second_;  // of samples whose first answer is there
  double remembered_s_ = 0;  // what answers taken from earlier runs took there
  double paused_s_ = 0;      // is no time of work: latency tables leave it out
  ScoringQueue scoring_;     // the first failure of the store ends the run
};

Status JobRun::store(Sample& sample) {
  std::lock_guard lock(context_.mutex);
  LOOM_CHECK(context_.environment.store->put_sample(context_.run, sample));
  context_.meter.finished(sample);
  context_.observer.sample_finished(job_.index, sample);
  context_.observer.progress(context_.meter.now());
  return {};
}

PromptLimits JobRun::limits(const Record& record) const {
  return prompt_limits(context_.plan, *records_.description, record, model_.loaded.window_tokens);
}

GenerationRequest JobRun::request_for(uint64_t id, const Prompt& prompt,
                                      const PromptLimits& limits) const {
  return sample_request(context_.plan, *records_.description, id, prompt, limits.max_new_tokens);
}

// Builds prompts from record `next` on until a batch is full. What cannot be built is a failed
// sample at once.
Status JobRun::prepare(const std::vector<int>& finished, size_t& next, std::stop_token stop) {
  size_t tokens = 0;
  for (; next < records_.task.records.size() && waiting_.size() < kBatchSamples &&
         tokens < kBatchTokens && !stop.stop_requested();
       ++next) {
    int index = static_cast<int>(next);
    if (std::binary_search(finished.begin(), finished.end(), index)) continue;
    const Record& record = records_.task.records[next];
    Sample sample = sample_of(job_, index, record);
    PromptLimits room = limits(record);
    room.max_new_tokens =
        std::max(room.max_new_tokens, static_cast<int>(scorer_.tokens_behind(record, model_.text)));
    auto prompt = build_prompt(record, model_.text, room);
    if (!prompt) {
      fail(std::move(sample), prompt.error());
      continue;
    }
    sample.prompt = std::move(*prompt);
    GenerationRequest request = request_for(next, sample.prompt, limits(record));
    sample.identity = sample_identity(sample, request,
                                      {model_.loaded.weights_hash, model_.loaded.kernel_version,
                                       model_.text.tokenizer->fingerprint()});
    LOOM_TRY(bool taken, take_remembered(record, sample));
    if (taken) {
      scoring_.add(std::move(sample));
      continue;
    }
    tokens += request.ids.size();
    requests_.push_back(std::move(request));
    waiting_.emplace(next, std::move(sample));
  }
  return {};
}

void JobRun::fail(Sample sample, const Error& reason) {
  sample.state = SampleState::failed;
  sample.error = reason;
  scoring_.add(std::move(sample));
}

// What the model makes of the references, prompts with a common beginning one after the other. A
// sample whose references cannot be read has failed: its answer would have no score.
Status JobRun::read_references(std::stop_token stop) {
  if (!scorer_.reads_references()) return {};
  std::vector<uint64_t> order;
  for (const auto& [id, sample] : waiting_) order.push_back(id);
  std::sort(order.begin(), order.end(), [this](uint64_t a, uint64_t b) {
    const auto &left = waiting_.at(a).prompt.ids, &right = waiting_.at(b).prompt.ids;
    return left != right ? left < right : a < b;
  });
  for (uint64_t id : order) {
    LOOM_CHECK(wait_while_paused(stop));
    Sample& sample = waiting_.at(id);
    auto score = scorer_.score_references(sample, model_.server, model_.text,
                                          records_.description->chat_template, stop);
    if (score) {
      read_[sample.index] = std::move(*score);
      continue;
    }
    if (stop.stop_requested()) return score.error();
    Sample failed = std::move(sample);
    waiting_.erase(id);
    fail(std::move(failed), score.error());
  }
  return {};
}

// An answer of an earlier run to this very request. What asks a second question is always asked:
// its second prompt is not part of the identity. Nor is a model that has no hash a known one. Where
// references are read the model is at work anyway.
Result<bool> JobRun::take_remembered(const Record& record, Sample& sample) {
  if (!context_.plan.reuse_answers || record.follow_up || scorer_.reads_references() ||
      model_.loaded.weights_hash.empty())
    return false;
  LOOM_TRY(auto answer, context_.environment.store->remembered_answer(sample.identity));
  if (!answer) return false;
  const Timings& took = answer->timings;
  remembered_s_ += took.prefill_new_s + took.prefill_reused_s + took.decode_s;
  conclude(sample, std::move(*answer));
  return true;
}

void JobRun::conclude(Sample& sample, GenerationResult result) {
  sample.state = SampleState::done;
  sample.result = std::move(result);
  sample.result.timings.tokenise_s = sample.prompt.tokenise_s;
  if (auto read = read_.extract(sample.index)) sample.score = std::move(read.mapped());
}

// Whether a sample waits for a second answer now. When it just had that, `answer` becomes both.
Result<bool> JobRun::ask_again(uint64_t id, Sample& sample, GenerationResult& answer) {
  const Record& record = records_.task.records.at(id);
  if (!record.follow_up) return false;
  if (auto asked = second_.find(id); asked != second_.end()) {
    join_answers(*record.follow_up, asked->second.first, asked->second.prompt, sample, answer);
    return false;
  }
  const Record second = second_question(record, answer.text);
  LOOM_TRY(Prompt prompt, build_prompt(second, model_.text, limits(second)));
  GenerationRequest request = request_for(id, prompt, limits(second));
  second_.emplace(id, SecondQuestion{answer, std::move(prompt.text), std::move(request)});
  return true;
}

void JobRun::finish(uint64_t id, Result<GenerationResult> result) {
  auto found = waiting_.find(id);
  if (found == waiting_.end()) return;
  if (result) {
    auto again = ask_again(id, found->second, *result);
    if (!again)
      result = again.error();
    else if (*again)
      return;
  }
  Sample sample = std::move(found->second);
  waiting_.erase(found);
  if (result) {
    conclude(sample, std::move(*result));
  } else {
    read_.erase(sample.index);
    sample.state = SampleState::failed;
    sample.error = result.error();
  }
  scoring_.add(std::move(sample));
}

GenerationObserver JobRun::observer(std::stop_source& interrupt) {
  auto check_pause = [this, &interrupt] {
    if (context_.environment.paused() || !scoring_.stored()) interrupt.request_stop();
  };
  GenerationObserver observer;
  observer.started = [this](uint64_t id) {
    std::lock_guard lock(context_.mutex);
    if (auto found = waiting_.find(id); found != waiting_.end())
      context_.observer.sample_started(job_.index, found->second);
  };
  observer.prefilled = [this, check_pause](uint64_t id, size_t done, size_t) {
    std::lock_guard lock(context_.mutex);
    context_.meter.advanced(job_.index, static_cast<int>(id), done);
    context_.observer.progress(context_.meter.now());
    check_pause();
  };
  observer.token = [this, check_pause](uint64_t id, const std::string& piece) {
    std::lock_guard lock(context_.mutex);
    context_.observer.token(job_.index, static_cast<int>(id), piece);
    check_pause();
  };
  observer.finished = [this, check_pause](uint64_t id, Result<GenerationResult> result) {
    finish(id, std::move(result));
    check_pause();
  };
  observer.notice = [this](const std::string& text) {
    const std::string placed = job_.benchmark_id + "/" + job_.task + ": " + text;
    std::lock_guard lock(context_.mutex);
    (void)context_.environment.store->record_event(context_.run, "notice", placed);
    context_.observer.notice(placed);
  };
  return observer;
}

Status JobRun::wait_while_paused(std::stop_token stop) {
  auto start = Clock::now();
  bool waited = false;
  while (context_.environment.paused()) {
    if (stop.stop_requested()) break;
    waited = true;
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  }
  if (waited) {
    std::lock_guard lock(context_.mutex);
    paused_s_ += seconds_since(start);
    context_.meter.waited(seconds_since(start));
  }
  if (stop.stop_requested()) return Error{ErrorKind::cancelled, "stopped", job_.task, ""};
  return {};
}

// Asks for all waiting samples; a pause interrupts the server and asks again for what is left.
Status JobRun::ask(std::stop_token stop) {
  if (stop.stop_requested()) return Error{ErrorKind::cancelled, "stopped", job_.task, ""};
  LOOM_CHECK(read_references(stop));
  while (!waiting_.empty()) {
    LOOM_CHECK(wait_while_paused(stop));
    std::erase_if(requests_,
                  [this](const auto& request) { return !waiting_.contains(request.id); });
    const size_t asked_twice = second_.size();
    for (GenerationRequest& request : requests_)
      if (auto second = second_.find(request.id); second != second_.end())
        request = second->second.request;
    std::stop_source interrupt;
    std::stop_callback forward(stop, [&interrupt] { interrupt.request_stop(); });
    Status status = model_.server.generate(requests_, observer(interrupt), interrupt.get_token());
    LOOM_CHECK(scoring_.stored());
    if (stop.stop_requested()) return Error{ErrorKind::cancelled, "stopped", job_.task, ""};
    if (interrupt.stop_requested()) continue;
    if (!status) {
      // The server is gone for good: what it did not answer is recorded with its reason.
      std::vector<uint64_t> left;
      for (const auto& [id, sample] : waiting_) left.push_back(id);
      std::sort(left.begin(), left.end());
      for (uint64_t id : left) finish(id, status.error());
      return scoring_.finish(stop);
    }
    if (!waiting_.empty() && second_.size() == asked_twice)
      return Error{ErrorKind::internal, "the server answered fewer requests than it was asked",
                   job_.task, ""};
  }
  requests_.clear();
  second_.clear();
  return scoring_.finish(stop);
}

Status JobRun::run(const std::vector<int>& finished, std::stop_token stop) {
  auto start = Clock::now();
  stop_ = stop;
  Status status;
  for (size_t next = 0; status && next < records_.task.records.size();) {
    LOOM_CHECK(prepare(finished, next, stop));
    LOOM_CHECK(scoring_.finish(stop));
    {
      std::lock_guard lock(context_.mutex);
      double tokens = 0;
      for (const auto& request : requests_) tokens += static_cast<double>(request.ids.size());
      size_t later = records_.task.records.size() - next;
      if (!requests_.empty())
        tokens *= 1.0 + static_cast<double>(later) / static_cast<double>(requests_.size());
      context_.meter.planned(job_.index, tokens, records_.task.records.size());
    }
    status = ask(stop);
  }
  if (Status stored = scoring_.finish(stop); !stored) return stored;
  LOOM_CHECK(context_.environment.store->add_job_time(
      context_.run, job_.index, seconds_since(start) - paused_s_, remembered_s_));
  return status;
}

}  // namespace

Status run_job(const RunContext& context, const Job& job, const std::vector<int>& finished,
               ServingModel& model, std::stop_token stop) {
  const RunEnvironment& environment = context.environment;
  auto records = job_records(context.plan, job, *environment.catalog, model.text,
                             environment.data_folder, job.samples, stop);
  if (!records) {
    if (records.error().kind == ErrorKind::cancelled) return records.error();
    return fail_job(context, job, finished, records.error());
  }
  (void)environment.store->record_event(
      context.run, "data",
      job.benchmark_id + "/" + job.task + ": " + records->task.data_label + ", SHA-256 " +
          records->task.data_hash +
          (records->task.wording_label.empty() ? std::string()
                                               : ", prompts: " + records->task.wording_label));
  for (const std::string& note : records->task.notes)
    (void)environment.store->record_event(context.run, "data", note);
  if (const size_t bad = records->task.bad_records; bad > 0) {
    const std::string notice = job.benchmark_id + "/" + job.task + ": " + std::to_string(bad) +
                               (bad == 1 ? " record" : " records") +
                               " could not be read and are left out";
    (void)environment.store->record_event(context.run, "notice", notice);
    std::lock_guard lock(context.mutex);
    context.observer.notice(notice);
  }
  auto scorer = TaskScorer::prepare(records->rule, records->task.records, environment, stop);
  if (!scorer) {
    if (scorer.error().kind == ErrorKind::cancelled) return scorer.error();
    return fail_job(context, job, finished, scorer.error());
  }
  return JobRun(context, job, model, std::move(*records), std::move(*scorer)).run(finished, stop);
}

Status fail_job(const RunContext& context, const Job& job, const std::vector<int>& finished,
                const Error& reason) {
  for (size_t index = 0; index < job.samples; ++index) {
    if (std::binary_search(finished.begin(), finished.end(), static_cast<int>(index))) continue;
    Record unknown;
    unknown.id = "sample-" + std::to_string(index);
    Sample sample = sample_of(job, static_cast<int>(index), unknown);
    sample.state = SampleState::failed;
    sample.error = reason;
    std::lock_guard lock(context.mutex);
    LOOM_CHECK(context.environment.store->put_sample(context.run, sample));
    context.meter.finished(sample);
    context.observer.sample_finished(job.index, sample);
  }
  return {};
}

}  // namespace loom
