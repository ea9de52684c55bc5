// LongBench v2: the letter of "The correct answer is (X)", asterisks left aside, the form with
// brackets first. Case matters, and "is Because" gives B, as in the official scorer.
// "thought_aside": of an answer with a finished thought only what follows counts.
#include <algorithm>

#include "core/metrics/all_metrics.h"
#include "core/metrics/answer_text.h"
#include "core/text/python_text.h"

namespace loom {
namespace {

std::string letter_behind(std::string_view text, std::string_view phrase, bool closed) {
  for (size_t at = text.find(phrase); at != std::string_view::npos;
       at = text.find(phrase, at + 1)) {
    const size_t letter = at + phrase.size();
    if (letter >= text.size() || text[letter] < 'A' || text[letter] > 'D') continue;
    if (!closed || (letter + 1 < text.size() && text[letter + 1] == ')'))
      return std::string(1, text[letter]);
  }
  return "";
}

}  // namespace

MetricScore closing_letter(const MetricInput& input) {
  std::string text(input.prediction);
  std::erase(text, '*');
  MetricScore score;
  const std::string_view answer =
      input.parameters.value("thought_aside", false) ? after_thought(text) : text;
  const char* behind = answer.size() < text.size() ? "behind </think>: " : "";
  // The official runner leaves an empty answer out of the mean.
  if (strip_spaces(text).empty()) {
    if (input.parameters.value("empty_is_wrong", false)) score.value = 0.0;
    score.rule = "empty answer";
    return score;
  }
  score.parsed = letter_behind(answer, "The correct answer is (", true);
  const char* rule = "letter in brackets";
  if (score.parsed.empty()) {
    score.parsed = letter_behind(answer, "The correct answer is ", false);
    rule = score.parsed.empty() ? "no stated letter" : "letter without brackets";
  }
  score.rule = std::string(behind) + rule;
  const bool right = !input.references.empty() && score.parsed == input.references[0];
  score.value = !score.parsed.empty() && right ? 1.0 : 0.0;
  return score;
}

}  // namespace loom
