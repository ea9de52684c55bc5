// What a plan will cost before it runs: jobs, samples, tokens, the share of tokens that are shared,
// time from this machine's measured rates, memory from the model's shape. The command line's
// `estimate` and the wizard's review use this same code.
#pragma once

#include <stop_token>

#include "core/execution/evaluation_run.h"

namespace loom {

struct JobEstimate {
  Job job;
  size_t samples = 0, tokens = 0, shared_tokens = 0, truncated = 0, new_tokens_limit = 0;
  double seconds = 0;
};
struct RunEstimate {
  std::vector<JobEstimate> per_job;
  size_t samples = 0, tokens = 0;
  double shared_share = 0;        // 0…1 of prompt tokens that need no computing
  std::optional<double> seconds;  // none without a measured rate
  uint64_t memory_bytes = 0, memory_free_bytes = 0;
  bool fits = true;
  std::vector<std::string> warnings;
};

// Rates of one model on one device, fitted as seconds = a·n + b·n² for prefill; kept in the cache
// folder so a machine is measured once per model and kernel version.
struct MachineRate {
  double prefill_a = 0, prefill_b = 0, decode_s_per_token = 0;
  bool measured = false;
};
Result<MachineRate> machine_rate(const std::string& model_path, const std::string& device,
                                 bool measure_if_missing, std::stop_token stop);
Result<RunEstimate> estimate_run(const EvaluationPlan& plan, const RunEnvironment& environment,
                                 bool measure, std::stop_token stop);

}  // namespace loom
