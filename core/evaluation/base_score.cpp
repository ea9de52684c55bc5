#include "core/evaluation/base_score.h"

#include <algorithm>
#include <map>

#include "core/statistics/decimal.h"

namespace loom {
namespace {

constexpr size_t kLongestOfBase = 1024;

}  // namespace

std::optional<BaseScore> base_score(const std::string& task,
                                    const std::vector<PairSample>& samples) {
  std::map<size_t, DecimalSum> lengths;
  std::map<std::string, std::map<size_t, DecimalSum>> pairs;
  for (const PairSample& sample : samples) {
    lengths[sample.length_tokens].add(sample.value * 100);
    if (sample.length_tokens <= kLongestOfBase)
      pairs[sample.pair][sample.length_tokens].add(sample.value * 100);
  }
  if (pairs.empty()) return std::nullopt;
  DecimalSum best;
  for (const auto& [pair, by_length] : pairs) {
    double most = 0;
    for (const auto& [length, sum] : by_length) most = std::max(most, sum.mean().value_or(0));
    best.add(most);
  }
  BaseScore score;
  score.task = task;
  score.base = best.mean().value_or(0);
  for (const auto& [length, sum] : lengths) {
    const double here = sum.mean().value_or(0);
    const double share = score.base > 0 ? here / score.base : 0;
    score.lengths.push_back({length, here, share});
    if (length <= kLongestOfBase) score.base_lengths.push_back(length);
    if (score.base > 0 && here >= kEffectiveShare * score.base) score.effective_length = length;
  }
  return score;
}

std::string pair_of_record(std::string_view record_id) {
  return std::string(record_id.substr(0, record_id.rfind("-book-")));
}

}  // namespace loom
