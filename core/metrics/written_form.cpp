#include <algorithm>
#include <set>

#include "core/metrics/all_metrics.h"
#include "core/metrics/answer_text.h"

namespace loom {

// parameters: "words" asked for (0: no length asked). Length score: 1 at the asked length, falling
// in proportion to 0 at none and at twice as many.
MetricScore written_form(const MetricInput& input) {
  MetricScore score;
  score.rule = "asked words present, length near what was asked";
  score.parsed = trimmed(input.prediction);
  auto words = normal_words(score.parsed);
  std::set<std::string> present(words.begin(), words.end());
  size_t found = 0, asked = 0;
  for (const std::string& reference : input.references)
    for (const std::string& word : normal_words(reference)) {
      ++asked;
      found += present.contains(word);
    }
  double share = asked == 0 ? 1.0 : static_cast<double>(found) / static_cast<double>(asked);
  double wanted = input.parameters.value("words", 0.0), written = static_cast<double>(words.size());
  double length = wanted <= 0 ? 1.0 : std::max(0.0, 1.0 - std::abs(written - wanted) / wanted);
  score.parts = {{"words_present", share}, {"length", length}, {"written", words.size()}};
  score.value = (share + length) / 2;
  return score;
}

}  // namespace loom
