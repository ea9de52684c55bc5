// LIBRA's total as its authors count it (Churin et al. 2024).
#pragma once

#include "core/evaluation/run_summary.h"

namespace loom {

inline constexpr size_t kLibraTasks = 21;

// A task's score is the mean over all lengths that its official data has, and one that was not run
// counts as 0. The mean in the tables is over what was run.
struct LibraTotal {
  double total = 0;    // mean over the run's tasks
  size_t tasks = 0;    // with a score
  size_t lengths = 0;  // of these tasks' official ones, all tasks together
  size_t not_run = 0;  // of them
};

// How many lengths the official data of a task has, at most 6 from 4k to 128k.
size_t libra_lengths(const std::string& task);
// No value where no task of LIBRA has a score at a length.
std::optional<LibraTotal> libra_total(const std::vector<JobSummary>& jobs, const RunColumn& column);

}  // namespace loom
