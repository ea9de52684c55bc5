// What a plan will cost before it runs: jobs, samples, tokens, the share of tokens that are shared,
// passes of models that a metric needs, time from this machine's measured rates, memory from the
// model's shape. The command line's `estimate` and the wizard's review use this same code.
#pragma once

#include <stop_token>

#include "core/execution/evaluation_run.h"

namespace loom {

// Beside the answers: references that the tested model reads for their perplexity, each one prefill
// behind its prompt, and texts that an encoder reads for BERTScore.
struct ScoringPasses {
  size_t references = 0, reference_tokens = 0;
  size_t texts = 0, text_tokens = 0;
  double seconds = 0;  // part of the estimate's
  bool any() const { return references + texts > 0; }
};

struct JobEstimate {
  Job job;
  size_t samples = 0, tokens = 0, shared_tokens = 0, truncated = 0, remembered = 0;
  ScoringPasses scoring;
  double seconds = 0, seconds_at_most = 0;
};
struct RunEstimate {
  std::vector<JobEstimate> per_job;
  size_t samples = 0, tokens = 0;
  size_t remembered = 0;    // samples whose answers earlier runs have
  double shared_share = 0;  // 0…1 of prompt tokens that need no computing
  // None without a measured rate. Answers are as long as AnswerLengths says; `at_most` takes
  // them to be as long as the tasks allow.
  std::optional<double> seconds, seconds_at_most;
  ScoringPasses scoring;
  uint64_t memory_bytes = 0, memory_free_bytes = 0;
  std::string memory_device;   // of the plan's devices, the one with the least free memory
  uint64_t encoder_bytes = 0;  // of memory_bytes: an encoder beside the tested model
  bool fits = true;
  std::vector<std::string> warnings;
};

Result<RunEstimate> estimate_run(const EvaluationPlan& plan, const RunEnvironment& environment,
                                 bool measure, std::stop_token stop);

}  // namespace loom
