// How long a model's answers are: as this model's answers to the task were; else as the references
// are, and some words around a short one; else, for a task without references, that share of what
// it allows which the model's other answers took.
#pragma once

#include <map>
#include <string>

#include "core/execution/evaluation_run.h"

namespace loom {

class AnswerLengths {
 public:
  static Result<AnswerLengths> read(const RunEnvironment& environment,
                                    const std::string& weights_hash);
  // reference_tokens: mean of the samples, each by its longest reference; 0: there are none.
  // Without these and without a history answers are as long as allowed.
  double of(const Job& job, int max_new_tokens, double reference_tokens) const;

 private:
  std::map<std::pair<std::string, std::string>, double> known_;
  double share_ = 1;
};

}  // namespace loom
