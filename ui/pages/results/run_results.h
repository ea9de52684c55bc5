// Everything the Results page shows of one run, read in one go off the window's thread.
#pragma once

#include "core/history/run_queries.h"

namespace loom::ui {

struct RunResults {
  RunRow row;
  RunSummary summary;
  Provenance provenance;
  std::vector<RunQueries::Point> points;
  std::vector<JudgedJob> judged;
};

Result<RunResults> read_run_results(const RunQueries& queries, int64_t run);

// Jobs that belong to a point of a chart. Empty keys match everything.
struct JobChoice {
  std::string capability, benchmark, task;  // task: "benchmark/task"
  size_t length_tokens = 0;                 // 0: any
};
std::vector<int> jobs_of(const RunSummary& summary, size_t column, const JobChoice& choice);

}  // namespace loom::ui
