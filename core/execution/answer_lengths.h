// How long a model's answers are: as this model's answers to the task were, else that share of what
// a task allows which its other answers took.
#pragma once

#include <map>
#include <string>

#include "core/execution/evaluation_run.h"

namespace loom {

class AnswerLengths {
 public:
  // Of the history; without one, or for a model it does not know, answers are as long as allowed.
  static Result<AnswerLengths> read(const RunEnvironment& environment,
                                    const std::string& weights_hash);
  double of(const Job& job, int max_new_tokens) const;

 private:
  std::map<std::pair<std::string, std::string>, double> known_;
  double share_ = 1;
};

}  // namespace loom
