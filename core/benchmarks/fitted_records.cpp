#include "core/benchmarks/fitted_records.h"

#include <atomic>
#include <mutex>

#include "core/base/for_each_index.h"

namespace loom {
namespace {

// Every such sample is counted even while the arithmetic holds.
constexpr size_t kCountEvery = 64;
constexpr int kAttempts = 8;

// Makes a sample and corrects its target by what counting finds.
Result<Record> counted_record(const TaskRequest& request, const SampleMaker& maker, size_t index,
                              size_t budget, bool& exact) {
  size_t target = budget;
  for (int attempt = 0; attempt < kAttempts; ++attempt) {
    LOOM_TRY(Draft draft, maker.make(index, target));
    const size_t counted = request.count_prompt(draft.record.prompt, draft.record.answer_prefix);
    if (attempt == 0) exact = counted == draft.tokens;
    // A draft that is a little short is good; one that is short by more than its own arithmetic
    // says could hold another unit.
    if (counted <= budget && (counted >= draft.tokens || attempt > 1)) return draft.record;
    const size_t wanted = draft.tokens + budget - counted;
    target = counted > budget ? std::min(wanted, target - 1) : wanted;
  }
  return Error{ErrorKind::internal, "no prompt of the wanted length could be made",
               request.task + " at " + std::to_string(request.length_tokens) + " tokens",
               "Choose another length"};
}

class Batch {
 public:
  Batch(const TaskRequest& request, const SampleMaker& maker, size_t count, size_t budget)
      : request_(request), maker_(maker), budget_(budget), records_(count), counted_(count) {}

  // Makes what is not made yet, or, with `count_all`, what was not counted yet.
  void run(bool count_all, std::stop_token stop) {
    for_each_index(records_.size(), all_cores(), stop, [&](size_t i) {
      if (failed_ || counted_[i]) return;
      bool exact = true;
      Result<Record> record = count_all || i % kCountEvery == 0
                                  ? counted_record(request_, maker_, i, budget_, exact)
                                  : estimated(i);
      counted_[i] = count_all || i % kCountEvery == 0;
      if (!exact) exact_ = false;
      if (record)
        records_[i] = std::move(*record);
      else
        fail(record.error());
    });
  }

  bool exact() const { return exact_; }
  const std::optional<Error>& error() const { return error_; }
  std::vector<Record> take() { return std::move(records_); }

 private:
  Result<Record> estimated(size_t index) const {
    LOOM_TRY(Draft draft, maker_.make(index, budget_));
    return std::move(draft.record);
  }
  void fail(const Error& error) {
    const std::lock_guard lock(mutex_);
    failed_ = true;
    if (!error_) error_ = error;
  }

  const TaskRequest& request_;
  const SampleMaker& maker_;
  const size_t budget_;
  std::vector<Record> records_;
  std::vector<char> counted_;
  std::atomic<bool> exact_ = true, failed_ = false;
  std::mutex mutex_;
  std::optional<Error> error_;
};

}  // namespace

size_t frame_tokens(const TaskRequest& request, const std::string& head, const Piece& stand_in,
                    const std::string& tail, const std::string& answer_prefix) {
  return request.count_prompt(head + stand_in.text + tail, answer_prefix) - stand_in.tokens;
}

Result<std::vector<Record>> fitted_records(const TaskRequest& request, const SampleMaker& maker,
                                           size_t count, size_t budget, std::stop_token stop) {
  Batch batch(request, maker, count, budget);
  batch.run(false, stop);
  if (!batch.exact()) batch.run(true, stop);
  if (stop.stop_requested()) return Error{ErrorKind::cancelled, "stopped", request.task, ""};
  if (batch.error()) return *batch.error();
  return batch.take();
}

}  // namespace loom
