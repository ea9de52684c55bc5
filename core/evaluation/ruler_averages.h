// RULER's numbers over lengths (Hsieh et al. 2024): averages that weight the lengths linearly, and
// the length up to which a model is held to be good.
#pragma once

#include "core/evaluation/run_summary.h"

namespace loom {

// Llama-2-7B's score at 4k tokens, which the paper holds others to.
inline constexpr double kRulerThreshold = 85.6;

struct RulerAverages {
  std::vector<GroupScore> lengths;  // of the run, rising: each the mean of its tasks
  // wAvg (inc) and (dec): of n lengths the longest, or the shortest, weighs n and the other end 1.
  double increasing = 0, decreasing = 0;
  std::optional<size_t> effective_length;  // the longest above; none: not even the shortest is
};

// No value where fewer than two lengths have a score.
std::optional<RulerAverages> ruler_averages(const std::vector<JobSummary>& jobs,
                                            const RunColumn& column);

}  // namespace loom
