#include <optional>

#include "core/metrics/all_metrics.h"
#include "core/metrics/answer_text.h"

namespace loom {
namespace {

bool is_letter(char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); }

// A letter of the choices with no letter or digit beside it.
std::optional<char> alone_from(const std::string& text, size_t begin, const std::string& choices) {
  for (size_t i = begin; i < text.size(); ++i) {
    if (choices.find(text[i]) == std::string::npos) continue;
    bool left = i == 0 || (!is_letter(text[i - 1]) && !isdigit(static_cast<unsigned char>(text[i - 1])));
    bool right = i + 1 >= text.size() || (!is_letter(text[i + 1]) && !isdigit(static_cast<unsigned char>(text[i + 1])) && text[i + 1] != '\'');
    if (left && right) return text[i];
  }
  return std::nullopt;
}

}  // namespace

MetricScore choice_letter(const MetricInput& input) {
  std::string choices = input.parameters.value("choices", "ABCD"), text = trimmed(input.prediction);
  if (size_t thought = text.rfind("</think>"); thought != std::string::npos) text = trimmed(text.substr(thought + 8));
  MetricScore score;
  std::optional<char> letter;
  for (const char* stated : {"answer is", "Answer is", "answer:", "Answer:", "ANSWER:"}) {
    size_t at = text.rfind(stated);
    if (letter || at == std::string::npos) continue;
    letter = alone_from(text, at + std::string_view(stated).size(), choices);
    if (letter) score.rule = "letter stated as the answer";
  }
  if (!letter) {
    letter = alone_from(text, 0, choices);
    if (letter) score.rule = "first letter that stands alone";
  }
  if (!letter) {
    score.rule = "no letter found";
    return score;
  }
  score.parsed = std::string(1, *letter);
  score.value = !input.references.empty() && score.parsed == input.references[0] ? 1.0 : 0.0;
  return score;
}

}  // namespace loom
