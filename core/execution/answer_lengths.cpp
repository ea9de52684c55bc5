#include "core/execution/answer_lengths.h"

#include <algorithm>

namespace loom {
namespace {

// Of the sentence that a model tends to write around a name, a number or a letter.
constexpr double kShortAnswer = 24;

}  // namespace

Result<AnswerLengths> AnswerLengths::read(const RunEnvironment& environment,
                                          const std::string& weights_hash) {
  AnswerLengths lengths;
  if (!environment.store || weights_hash.empty()) return lengths;
  LOOM_TRY(auto known, environment.store->answer_lengths(weights_hash));
  double sum = 0, count = 0;
  for (const auto& one : known) {
    lengths.known_[{one.benchmark, one.task}] = one.tokens;
    const BenchmarkDescription* benchmark = environment.catalog->benchmark(one.benchmark);
    const TaskDescription* task = benchmark ? benchmark->task(one.task) : nullptr;
    if (!task || task->max_new_tokens <= 0) continue;
    sum += std::min(1.0, one.tokens / task->max_new_tokens);
    count += 1;
  }
  if (count > 0) lengths.share_ = sum / count;
  return lengths;
}

double AnswerLengths::of(const Job& job, int max_new_tokens, double reference_tokens) const {
  const double limit = max_new_tokens;
  auto found = known_.find({job.benchmark_id, job.task});
  if (found != known_.end()) return std::min(limit, found->second);
  if (reference_tokens > 0) return std::min(limit, std::max(kShortAnswer, reference_tokens));
  return limit * share_;
}

}  // namespace loom
