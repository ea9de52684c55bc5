#include <algorithm>
#include <map>

#include "core/metrics/all_metrics.h"
#include "core/metrics/answer_text.h"

namespace loom {
namespace {

double f1(const std::vector<std::string>& answer, const std::vector<std::string>& reference) {
  std::map<std::string, long> counts;
  for (const std::string& word : reference) ++counts[word];
  long same = 0;
  for (const std::string& word : answer)
    if (auto found = counts.find(word); found != counts.end() && found->second-- > 0) ++same;
  if (same == 0) return answer.empty() && reference.empty() ? 1.0 : 0.0;
  double precision = static_cast<double>(same) / static_cast<double>(answer.size());
  double recall = static_cast<double>(same) / static_cast<double>(reference.size());
  return 2 * precision * recall / (precision + recall);
}

}  // namespace

MetricScore token_f1(const MetricInput& input) {
  MetricScore score;
  score.rule = "words without case and punctuation";
  // What follows the first line is chatter of small models; the rule says so.
  std::string first = trimmed(input.prediction);
  score.parsed = trimmed(first.substr(0, first.find('\n')));
  auto answer = normal_words(score.parsed);
  double best = 0;
  for (const std::string& reference : input.references) best = std::max(best, f1(answer, normal_words(reference)));
  score.value = best;
  return score;
}

}  // namespace loom
