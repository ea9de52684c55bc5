// A run in numbers. Scores are 0…100 here and in every table, chart and export.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <span>

#include "core/evaluation/base_score.h"
#include "core/evaluation/job.h"
#include "core/evaluation/run_time.h"
#include "core/evaluation/sample.h"
#include "core/statistics/decimal.h"

namespace loom {

struct JobSummary {
  Job job;
  std::string model_name, server, augmentation;
  size_t planned = 0, scored = 0, failed = 0, truncated = 0, unparsed = 0, cancelled = 0;
  size_t remembered = 0;  // answers taken from earlier runs; times and rates are of those runs
  // Mean over scored samples, with its 95 % interval. `with_truncated` false leaves truncated
  // samples out. No value while nothing is scored.
  std::optional<double> score, low, high;
  std::optional<double> score_untruncated;
  DecimalSum values;     // of the scored samples
  std::string interval;  // "wilson" or "bootstrap"
  // The score measures something of which less is better, without an upper end: shown apart, in no
  // mean.
  bool lower_is_better = false;
  bool fewer_than_official = false;
  Timings timings;  // sums over samples
  double wall_s = 0;
  std::vector<BusyTime> busy;  // in this run; none where an older version stored it
  size_t tokens_prefilled = 0, tokens_reused = 0, tokens_generated = 0;
  size_t peak_memory_bytes = 0;
};

struct GroupScore {  // a capability, benchmark, group of tasks or length of one model column
  std::string key;
  std::optional<double> score, low, high;
  size_t scored = 0, truncated = 0, failed = 0, unparsed = 0;
  DecimalSum values = {};  // of the scored samples
};

// A task's samples apart by a field of their records.
struct BreakdownScores {
  std::string task;  // "benchmark/task"
  std::string field, title;
  std::vector<GroupScore> parts;  // keys are values of the field, or ranges of them
};

// One model x server x augmentation: a column of tables, a line of charts.
struct RunColumn {
  std::string label;
  std::vector<int> jobs;  // indices into RunSummary::jobs
  std::vector<GroupScore> capabilities, benchmarks, tasks, lengths;
  std::vector<GroupScore> groups;  // of tasks that count as one: "benchmark/group"
  std::vector<BreakdownScores> breakdowns;
  std::vector<BaseScore> base_scores;  // of tasks that have one, under the official rules
  std::vector<GroupScore> measures;    // the tasks of which less is better; in none of the others
  std::optional<double> mean_of_capabilities, mean_of_benchmarks;
};

struct RunSummary {
  std::vector<JobSummary> jobs;
  std::vector<RunColumn> columns;
};

// Scores of the jobs' samples (0…1, in index order) become a summary. Means are decimal; intervals
// are Wilson for binary metrics, else percentile bootstrap with the plan's seed.
struct ScoredSample {
  std::optional<double> value;
  nlohmann::json parts;  // of the score; read where the metric's `whole` needs them
  bool truncated = false;
  bool remembered = false;
  SampleState state = SampleState::done;
  Timings timings;
  size_t tokens_prefilled = 0, tokens_reused = 0, tokens_generated = 0, peak_memory_bytes = 0;
};
// `whole`: as Metric::whole, with an interval from resampled samples. None: the mean.
using WholeScore = std::optional<double> (*)(std::span<const nlohmann::json* const> parts);
JobSummary summarise_job(const Job& job, const std::vector<ScoredSample>& samples, bool binary,
                         size_t official_samples, uint64_t seed, WholeScore whole = nullptr,
                         bool lower_is_better = false);
// Of the devices the jobs were at work on; what older versions stored counts as if no job had
// shared a device at the same time.
double device_seconds(const std::vector<JobSummary>& jobs);
RunSummary summarise_run(const EvaluationPlan& plan, std::vector<JobSummary> jobs);

}  // namespace loom
