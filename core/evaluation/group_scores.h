// Means of scores that belong together, with their intervals.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "core/evaluation/run_summary.h"

namespace loom {

// A mean of independent parts: half widths add in squares (normal approximation), each side apart
// so that skew is kept.
GroupScore combine(const std::string& key, const std::vector<GroupScore>& parts, double most = 100);
// One mean over all samples of the parts. Half widths add in squares, each weighted by its share of
// the samples.
GroupScore combine_samples(const std::string& key, const std::vector<GroupScore>& parts);
GroupScore as_group(const std::string& key, const JobSummary& job);

// Scores by their key, in the order in which the keys came.
using Parts = std::vector<std::pair<std::string, std::vector<GroupScore>>>;
std::vector<GroupScore>& part(Parts& parts, const std::string& key);
std::vector<GroupScore> combine_all(const Parts& parts);
std::optional<double> mean_of(const std::vector<GroupScore>& groups);

}  // namespace loom
