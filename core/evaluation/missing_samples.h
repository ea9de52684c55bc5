// Samples of a job that have no score, and what its score is when they are counted as wrong.
#pragma once

#include "core/evaluation/run_summary.h"

namespace loom {

// The mean with every failed and unparsed sample as 0. No value where none is missing, nothing is
// scored, less is better, or the task's score is not the mean of its samples.
std::optional<double> score_with_missing_wrong(const JobSummary& job);
// "3 truncated (without them 71.20), 1 failed and 2 unparsed (as wrong 68.00)"; empty where all
// samples are whole and scored.
std::string missing_words(const JobSummary& job);

}  // namespace loom
