// A model column's scores by length: of all its tasks that have lengths, or of one benchmark's.
#pragma once

#include "core/evaluation/run_summary.h"

namespace loom {

// Ascending; each the mean over the tasks of that length. `benchmark` empty: all of them. What is
// better when lower is left out.
std::vector<GroupScore> length_scores(const std::vector<JobSummary>& jobs, const RunColumn& column,
                                      const std::string& benchmark = {});

}  // namespace loom
