// A plan unrolled: one job per model, server, augmentation, benchmark task and length.
#pragma once

#include <string>
#include <vector>

#include "core/evaluation/evaluation_plan.h"

namespace loom {

struct Job {
  int index = 0;                                               // position in the plan, stable
  int model = 0, server = 0, augmentation = 0, benchmark = 0;  // indices into the plan
  std::string benchmark_id, task, capability, metric;
  std::string group;  // the task's, see TaskDescription
  bool pool = false;  // see BenchmarkDescription::pool_groups
  size_t length_tokens = 0;
  // How many samples there are: the official number or the limit until the data is read, at least
  // one; then what was read.
  size_t samples = 0;
  size_t limit = 0;             // that the plan sets; 0: all that the data holds
  size_t official_samples = 0;  // 0: not known
  std::vector<Breakdown> breakdowns;
  int judge_version = 0;  // above 0: a judge's scores stand for the task's, and `metric` names it
};

// How many samples a job comes to as far as is known before its data is read: no more than the plan
// or the official data have. 0: not known.
size_t expected_samples(const Job& job);

// No job is made of a task at a length that its data does not have, nor of one without_score.
Result<std::vector<Job>> unroll(const EvaluationPlan& plan, const Catalog& catalog);
// What that leaves out: "libra/ru_gsm100 has no data of 8192 tokens; it has 16384".
std::vector<std::string> left_out(const EvaluationPlan& plan, const Catalog& catalog);
// Why the plan's rules leave out a task of one of its benchmarks; "": they do not.
std::string without_score(const PlanBenchmark& chosen, const BenchmarkDescription& benchmark,
                          const TaskDescription& task, const std::string& rule_set);
// Jobs of a stored run may outlive what they were made of.
Status check_jobs(const std::vector<Job>& jobs, const Catalog& catalog);

}  // namespace loom
