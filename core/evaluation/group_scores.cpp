#include "core/evaluation/group_scores.h"

#include <algorithm>
#include <cmath>

namespace loom {

GroupScore combine(const std::string& key, const std::vector<GroupScore>& parts, double most) {
  GroupScore group;
  group.key = key;
  DecimalSum sum;
  double low = 0, high = 0;
  bool intervals = true;
  for (const GroupScore& part : parts) {
    group.scored += part.scored;
    group.truncated += part.truncated;
    group.failed += part.failed;
    group.unparsed += part.unparsed;
    group.values.add(part.values);
    if (!part.score) continue;
    sum.add(*part.score);
    intervals = intervals && part.low && part.high;
    if (part.low) low += std::pow(*part.score - *part.low, 2);
    if (part.high) high += std::pow(*part.high - *part.score, 2);
  }
  group.score = sum.mean();
  if (group.score && intervals) {
    auto n = static_cast<double>(sum.count());
    group.low = std::max(0.0, *group.score - std::sqrt(low) / n);
    group.high = std::min(most, *group.score + std::sqrt(high) / n);
  }
  return group;
}

GroupScore as_group(const std::string& key, const JobSummary& job) {
  return {key,           job.score,  job.low,      job.high,  job.scored,
          job.truncated, job.failed, job.unparsed, job.values};
}

GroupScore combine_samples(const std::string& key, const std::vector<GroupScore>& parts) {
  GroupScore group = combine(key, parts);
  group.score = group.values.mean();
  group.low = group.high = std::nullopt;
  if (!group.score) return group;
  double low = 0, high = 0;
  for (const GroupScore& part : parts) {
    if (part.scored == 0) continue;
    if (!part.score || !part.low || !part.high) return group;
    const double share = static_cast<double>(part.scored) / static_cast<double>(group.scored);
    low += std::pow(share * (*part.score - *part.low), 2);
    high += std::pow(share * (*part.high - *part.score), 2);
  }
  group.low = std::max(0.0, *group.score - std::sqrt(low));
  group.high = std::min(100.0, *group.score + std::sqrt(high));
  return group;
}

std::vector<GroupScore>& part(Parts& parts, const std::string& key) {
  for (auto& [name, list] : parts)
    if (name == key) return list;
  return parts.emplace_back(key, std::vector<GroupScore>{}).second;
}

std::vector<GroupScore> combine_all(const Parts& parts) {
  std::vector<GroupScore> groups;
  for (const auto& [key, list] : parts) groups.push_back(combine(key, list));
  return groups;
}

std::optional<double> mean_of(const std::vector<GroupScore>& groups) {
  DecimalSum sum;
  for (const GroupScore& group : groups)
    if (group.score) sum.add(*group.score);
  return sum.mean();
}

}  // namespace loom
