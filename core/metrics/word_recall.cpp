#include <set>

#include "core/metrics/all_metrics.h"
#include "core/metrics/answer_text.h"

namespace loom {

MetricScore word_recall(const MetricInput& input) {
  MetricScore score;
  score.rule = "distinct reference words found";
  score.parsed = trimmed(input.prediction);
  auto words = normal_words(score.parsed);
  std::set<std::string> answer(words.begin(), words.end()), wanted;
  for (const std::string& reference : input.references)
    for (const std::string& word : normal_words(reference)) wanted.insert(word);
  size_t found = 0;
  for (const std::string& word : wanted) found += answer.contains(word);
  score.value = wanted.empty() ? 0.0 : static_cast<double>(found) / static_cast<double>(wanted.size());
  return score;
}

}  // namespace loom
