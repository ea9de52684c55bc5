// Asks a judge by a rubric: out of the cache where the question was asked before, once more when
// the verdict is not in the form that was asked for, and in both orders where two answers are
// compared. May be asked from as many threads as its model takes questions at once.
#pragma once

#include <condition_variable>
#include <mutex>
#include <set>

#include "core/judge/verdict.h"
#include "core/judge/verdict_cache.h"

namespace loom {

class Judge {
 public:
  Judge(JudgeModel& model, VerdictCache& cache) : model_(model), cache_(cache) {}
  // By every rubric but a preference.
  Result<Verdict> ask(const Rubric& rubric, const JudgeCase& one, std::stop_token stop);
  Result<Verdict> ask(const Rubric& rubric, std::span<const CasePart> parts, std::stop_token stop);
  // Rubric::Kind::text: what the judge writes; "" when it writes nothing, asked twice.
  Result<std::string> write(const Rubric& rubric, std::span<const CasePart> parts,
                            std::stop_token stop);
  // 1: the answer is better than the other; 0: the other is; 0.5: a tie, also when the judge
  // prefers what stands in one place. Its parts hold the verdict of each order.
  Result<Verdict> compare(const JudgeCase& one, std::stop_token stop);

  const JudgeModel& model() const { return model_; }
  // Read when nobody asks. Spent in this session; of answers out of the cache.
  const TokenUsage& spent() const { return spent_; }
  const TokenUsage& reused() const { return reused_; }
  size_t asked() const { return asked_; }
  size_t found() const { return found_; }  // answers out of the cache

 private:
  Result<std::string> answer(const Rubric& rubric, std::span<const ChatMessage> messages,
                             std::stop_token stop);

  JudgeModel& model_;
  VerdictCache& cache_;
  // The answer is being asked for by another thread, which is waited for.
  class Turn;

  std::mutex mutex_;
  std::condition_variable_any answered_;
  std::set<std::string> asking_;  // keys
  TokenUsage spent_, reused_;
  size_t asked_ = 0, found_ = 0;
};

}  // namespace loom
