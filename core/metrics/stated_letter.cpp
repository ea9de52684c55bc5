// LongHealth: the letter in "The correct answer is X:", its first occurrence.
#include "core/metrics/all_metrics.h"
#include "core/text/python_text.h"
#include "core/text/utf8.h"

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
    if (letter >= text.size()) break;
    const CodePoint point = decode_utf8(text, letter);
    if (!is_python_word(point.value) || !text.substr(letter + point.bytes).starts_with(':'))
      continue;
    score.parsed = std::string(text.substr(letter, point.bytes));
    score.rule = "first stated letter";
    score.value = !input.references.empty() && score.parsed == input.references[0] ? 1.0 : 0.0;
    return score;
  }
  return score;
}

}  // namespace loom
