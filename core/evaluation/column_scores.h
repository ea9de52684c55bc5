// A model column's scores, from its tasks up to its capabilities.
#pragma once

#include "core/evaluation/run_summary.h"

namespace loom {

// Fills in what the column's jobs come to: tasks, groups, benchmarks, capabilities, lengths,
// measures and both means.
void summarise_column(const std::vector<JobSummary>& jobs, RunColumn& column);

}  // namespace loom
