#include "core/evaluation/ruler_averages.h"

#include <algorithm>
#include <string>

#include "core/evaluation/length_scores.h"

namespace loom {

std::optional<RulerAverages> ruler_averages(const std::vector<JobSummary>& jobs,
                                            const RunColumn& column) {
  RulerAverages averages;
  for (GroupScore& length : length_scores(jobs, column, "ruler"))
    if (length.score) averages.lengths.push_back(std::move(length));
  const size_t count = averages.lengths.size();
  if (count < 2) return std::nullopt;
  double weights = 0;
  for (size_t i = 0; i < count; ++i) {
    const double score = *averages.lengths[i].score;
    averages.increasing += score * static_cast<double>(i + 1);
    averages.decreasing += score * static_cast<double>(count - i);
    weights += static_cast<double>(i + 1);
    if (score > kRulerThreshold) averages.effective_length = std::stoull(averages.lengths[i].key);
  }
  averages.increasing /= weights;
  averages.decreasing /= weights;
  return averages;
}

}  // namespace loom
