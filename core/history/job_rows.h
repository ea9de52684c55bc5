// The jobs of a run with what their samples came to, in the order of the samples' indices.
#pragma once

#include "core/evaluation/run_summary.h"
#include "core/history/database.h"

namespace loom {

struct JobRow {
  Job job;
  double wall_s = 0;
  std::vector<BusyTime> busy;
  std::vector<ScoredSample> samples;
};

JobSummary summary_of(const Job& job, const std::vector<ScoredSample>& samples, uint64_t seed);
// Into the columns of the run's summary.
Status read_breakdowns(Database& database, int64_t run, uint64_t seed,
                       const std::vector<JobRow>& jobs, RunSummary& summary);

}  // namespace loom
