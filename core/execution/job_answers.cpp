// A job at work: its questions asked, a second time where a record wants it, and its answers taken.
#include <algorithm>
#include <thread>

#include "core/base/elapsed.h"
#include "core/execution/follow_up.h"
#include "core/execution/job_run.h"

namespace loom {

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
  if (context_.environment.paused() && !stop.stop_requested()) {
    const auto start = std::chrono::steady_clock::now();
    work_.end();
    while (context_.environment.paused() && !stop.stop_requested())
      std::this_thread::sleep_for(std::chrono::milliseconds(50));
    work_.begin();
    std::lock_guard lock(context_.mutex);
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

}  // namespace loom
