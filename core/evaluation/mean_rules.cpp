#include "core/evaluation/mean_rules.h"

#include <cmath>
#include <map>

#include "core/catalog/rule_sets.h"
#include "core/statistics/decimal.h"

namespace loom {
namespace {

struct Pool {
  double sum = 0;
  size_t samples = 0;
};

}  // namespace

const char* to_string(MeanRule rule) {
  switch (rule) {
    case MeanRule::benchmarks:
      return "benchmarks";
    case MeanRule::capabilities:
      return "capabilities";
    case MeanRule::samples:
      return "samples";
    case MeanRule::tasks:
      return "tasks";
  }
  return "";
}

Result<MeanRule> mean_rule_from(const std::string& name) {
  for (MeanRule rule : kMeanRules)
    if (name == to_string(rule)) return rule;
  return Error{ErrorKind::invalid_input, "there is no rule \"" + name + "\" of a mean", "mean",
               "Use benchmarks, capabilities, samples or tasks"};
}

MeanRule default_mean_rule(const std::string& rule_set) {
  return rule_set == kLoomScopeRules ? MeanRule::samples : MeanRule::benchmarks;
}

std::optional<double> weighted_score(const std::vector<JobSummary>& jobs, const RunColumn& column,
                                     const std::string& benchmark) {
  std::map<std::string, Pool> tasks;
  for (int index : column.jobs) {
    const JobSummary& job = jobs[static_cast<size_t>(index)];
    if (job.job.benchmark_id != benchmark || !job.score || job.lower_is_better) continue;
    Pool& pool = tasks[job.job.pool ? "group " + job.job.group : job.job.task];
    pool.sum += *job.score * static_cast<double>(job.scored);
    pool.samples += job.scored;
  }
  double sum = 0;
  size_t samples = 0;
  for (const auto& [task, pool] : tasks) {
    if (pool.samples == 0) continue;
    const auto weight = static_cast<double>(pool.samples);
    sum += std::round(pool.sum / weight * 100) / 100 * weight;
    samples += pool.samples;
  }
  if (samples == 0) return std::nullopt;
  return sum / static_cast<double>(samples);
}

std::optional<double> mean_by(MeanRule rule, const std::vector<JobSummary>& jobs,
                              const RunColumn& column) {
  if (rule == MeanRule::benchmarks) return column.mean_of_benchmarks;
  if (rule == MeanRule::capabilities) return column.mean_of_capabilities;
  DecimalSum sum;
  if (rule == MeanRule::tasks) {
    for (const GroupScore& task : column.tasks)
      if (task.score) sum.add(*task.score);
  } else {
    for (const GroupScore& benchmark : column.benchmarks)
      if (auto score = weighted_score(jobs, column, benchmark.key)) sum.add(*score);
  }
  return sum.mean();
}

}  // namespace loom
