// LongHealth: the letter in "The correct answer is X:", its first occurrence.
#include "core/metrics/all_metrics.h"

namespace loom {

MetricScore stated_letter(const MetricInput& input) {
  constexpr std::string_view kPhrase = "The correct answer is ";
  MetricScore score;
  score.rule = "no stated letter";
  score.value = 0.0;
  const std::string_view text = input.prediction;
  for (size_t at = text.find(kPhrase); at != std::string_view::npos;
       at = text.find(kPhrase, at + 1)) {
    const size_t letter = at + kPhrase.size();
    if (letter + 1 >= text.size() || text[letter + 1] != ':') continue;
    const char c = text[letter];
    const bool word =
        (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
    if (!word) continue;
    score.parsed = std::string(1, c);
    score.rule = "first stated letter";
    score.value = !input.references.empty() && score.parsed == input.references[0] ? 1.0 : 0.0;
    return score;
  }
  return score;
}

}  // namespace loom
