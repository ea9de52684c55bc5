#include "core/execution/scoring_queue.h"

#include <chrono>

namespace loom {
namespace {

constexpr size_t kMostWaiting = 64;
constexpr auto kAfterStop = std::chrono::seconds(2);

}  // namespace

ScoringQueue::ScoringQueue(Score score, std::function<Status(Sample&)> store)
    : score_(std::move(score)), store_(std::move(store)), thread_([this](std::stop_token end) { work(end); }) {}

ScoringQueue::~ScoringQueue() {
  std::lock_guard lock(mutex_);
  waiting_.clear();
}

void ScoringQueue::add(Sample sample) {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this] { return waiting_.size() < kMostWaiting || !stored_; });
  if (!stored_) return;
  waiting_.push_back(std::move(sample));
  changed_.notify_all();
}

Status ScoringQueue::finish(const std::stop_token& stop) {
  std::unique_lock lock(mutex_);
  auto idle = [this] { return waiting_.empty() && !at_work_; };
  if (!changed_.wait(lock, stop, idle) && !changed_.wait_for(lock, kAfterStop, idle)) {
    waiting_.clear();
    changed_.wait(lock, idle);
  }
  return stored_;
}

Status ScoringQueue::stored() const {
  std::lock_guard lock(mutex_);
  return stored_;
}

Status ScoringQueue::score_and_store(Sample& sample) const {
  if (sample.state == SampleState::done && !sample.score) {
    auto score = score_(sample);
    if (score)
      sample.score = std::move(*score);
    else
      sample.error = score.error();
  }
  return store_(sample);
}

void ScoringQueue::work(const std::stop_token& end) {
  std::unique_lock lock(mutex_);
  while (changed_.wait(lock, end, [this] { return !waiting_.empty(); })) {
    Sample sample = std::move(waiting_.front());
    waiting_.pop_front();
    at_work_ = true;
    lock.unlock();
    Status status = score_and_store(sample);
    lock.lock();
    at_work_ = false;
    if (!status && stored_) stored_ = status;
    if (!stored_) waiting_.clear();
    changed_.notify_all();
  }
}

}  // namespace loom
