// How the scores of a run's tasks become one number. The rule is named beside every such number,
// because the same scores give different means.
#pragma once

#include "core/evaluation/run_summary.h"

namespace loom {

enum class MeanRule {
  benchmarks,    // mean of the benchmarks, each the mean of its tasks: LOOM-Scope's Table 5
  capabilities,  // mean of the capabilities
  samples,       // mean of the benchmarks, each its tasks weighted by samples: loom-scope 0.8
  tasks          // mean of all tasks
};
inline constexpr MeanRule kMeanRules[] = {MeanRule::benchmarks, MeanRule::capabilities,
                                          MeanRule::samples, MeanRule::tasks};

const char* to_string(MeanRule rule);
Result<MeanRule> mean_rule_from(const std::string& name);
// What a rule set's numbers are compared by.
MeanRule default_mean_rule(const std::string& rule_set);

// A benchmark's tasks weighted by their scored samples. A task's lengths, and the tasks of a group
// that is pooled, are one pool of samples, and its score is rounded to two decimals before it is
// weighted.
std::optional<double> weighted_score(const std::vector<JobSummary>& jobs, const RunColumn& column,
                                     const std::string& benchmark);
// No value while nothing is scored.
std::optional<double> mean_by(MeanRule rule, const std::vector<JobSummary>& jobs,
                              const RunColumn& column);

}  // namespace loom
