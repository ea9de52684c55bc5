#include "core/execution/job_run.h"

#include <algorithm>

#include "core/execution/scoring.h"

namespace loom {
namespace {

// Prompts held at once. Enough to group what shares a document, little enough for long contexts.
constexpr size_t kBatchTokens = 8'000'000;
constexpr size_t kBatchSamples = 256;
// Longer tails of a prompt are no question any more.
constexpr size_t kMostAskedBytes = 4096;

}  // namespace

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
  return sample_request(context_.plan, *records_.description, id, prompt, limits.max_new_tokens,
                        *model_.text.tokenizer);
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
    if (sample.prompt.truncation.cut) sample.metadata["truncation_rule"] = to_string(room.rule);
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

Status JobRun::run(const std::vector<int>& finished, std::stop_token stop) {
  work_.begin();
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
  work_.end();
  LOOM_CHECK(context_.environment.store->add_job_time(context_.run, job_.index, work_.all(),
                                                      remembered_s_));
  return status;
}

}  // namespace loom
