// Answers on their way into the history. They are scored beside the model at work, so that a metric
// which runs programs or reads long texts keeps no answer waiting.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <stop_token>
#include <thread>

#include "core/evaluation/sample.h"

namespace loom {

class ScoringQueue {
 public:
  using Score = std::function<Result<SampleScore>(const Sample&)>;
  // Both are called on the queue's own thread, for one sample after the other.
  ScoringQueue(Score score, std::function<Status(Sample&)> store);
  ~ScoringQueue();  // what still waits is dropped
  ScoringQueue(const ScoringQueue&) = delete;
  ScoringQueue& operator=(const ScoringQueue&) = delete;

  // Samples that are done and have no score yet are scored, others stored as they are. Waits while many are queued.
  void add(Sample sample);
  // Waits until all are stored. A stop gives them a moment, then drops what is left: it is asked
  // again when the run goes on.
  Status finish(const std::stop_token& stop);
  // The first failure of the store; what comes after it is dropped.
  Status stored() const;

 private:
  void work(const std::stop_token& end);
  Status score_and_store(Sample& sample) const;

  Score score_;
  std::function<Status(Sample&)> store_;
  mutable std::mutex mutex_;
  std::condition_variable_any changed_;
  std::deque<Sample> waiting_;
  bool at_work_ = false;
  Status stored_;
  std::jthread thread_;  // last, so that it ends before what it works with
};

}  // namespace loom
