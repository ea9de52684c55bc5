// The prompts of a job, or enough of them to tell what the rest is like.
#pragma once

#include <stop_token>

#include "core/catalog/local_models.h"
#include "core/execution/evaluation_run.h"
#include "core/execution/machine_rate.h"
#include "core/execution/model_text.h"

namespace loom {

struct ModelForEstimate {
  LocalModel local;
  ModelText text;
  MachineRate rate;
};

struct EstimatePrompts {
  std::vector<Prompt> to_answer;
  size_t remembered = 0;  // answers that an earlier run has
  size_t truncated = 0;   // cut, or too long to be asked
  size_t looked_at = 0;   // of `samples`; all counts above are among these
  size_t samples = 0;
  int max_new_tokens = 0;        // the most of any
  double seconds = 0;            // that reading and building took
  double longest_reference = 0;  // tokens, mean of the samples; 0: there are no references
  TaskRule rule;                 // of the plan's rule set
  // Where the model reads references: tokens of each, for `to_answer` in turn.
  std::vector<std::vector<size_t>> reference_tokens;
  // Where an encoder reads them: those of all samples that will have an answer.
  std::vector<std::vector<std::string>> references;
};

// tokens: about how many to build at most; a few samples are built in any case.
Result<EstimatePrompts> estimate_prompts(const EvaluationPlan& plan, const Job& job,
                                         const ModelForEstimate& model,
                                         const RunEnvironment& environment, size_t tokens,
                                         std::stop_token stop);

}  // namespace loom
