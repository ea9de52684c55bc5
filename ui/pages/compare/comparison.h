// Two to six runs side by side: only tasks that all of them share, paired sample by sample.
#pragma once

#include "core/history/run_queries.h"
#include "core/report/difference_chart.h"

namespace loom::ui {

struct Disagreement {
  size_t other = 0;  // index into Comparison::runs, at least 1
  PairedSample pair;
};

struct Comparison {
  std::vector<RunRow> runs;  // the first is the baseline
  std::vector<EvaluationPlan> plans;
  std::vector<RunSummary> summaries;  // of the shared jobs only, labelled with the run's name
  DifferenceModel differences;
  std::vector<Disagreement> disagreements;  // the widest first
  size_t tasks_shared = 0, tasks_left_out = 0, pairs = 0, unpaired = 0;
};

inline constexpr size_t kMostRuns = 6;

Result<Comparison> read_comparison(const RunQueries& queries, const std::vector<int64_t>& runs);

}  // namespace loom::ui
