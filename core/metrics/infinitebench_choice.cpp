// InfiniteBench's two scorers of choices, in the official order of rules. References: the right
// option's text and its letter.
#include <algorithm>
#include <array>
#include <optional>

#include "core/metrics/all_metrics.h"
#include "core/metrics/infinitebench.h"
#include "core/text/python_text.h"

namespace loom {
namespace {

bool is_reference(const MetricInput& input, std::string_view text) {
  return std::find(input.references.begin(), input.references.end(), text) !=
         input.references.end();
}

bool begins_with_reference(const MetricInput& input, std::string_view text) {
  return std::any_of(input.references.begin(), input.references.end(),
                     [&](const std::string& reference) { return text.starts_with(reference); });
}

std::string without_double_spaces(std::string text) {
  const auto both = [](char a, char b) { return a == ' ' && b == ' '; };
  text.erase(std::unique(text.begin(), text.end(), both), text.end());
  return text;
}

std::string with_space_for_word(std::string_view text, std::string_view word) {
  std::string result;
  for (size_t at = text.find(word); at != std::string_view::npos; at = text.find(word)) {
    (result += text.substr(0, at)) += ' ';
    text.remove_prefix(at + word.size());
  }
  return result += text;
}

// What follows the first of the phrases that occurs, and the character behind it; none: no phrase.
template <size_t N>
std::optional<std::string> behind_first(const std::string& text,
                                        const std::array<std::string_view, N>& phrases) {
  for (std::string_view phrase : phrases) {
    const size_t at = text.find(phrase);
    if (at == std::string::npos) continue;
    return text.substr(std::min(at + phrase.size() + 1, text.size()));
  }
  return std::nullopt;
}

// The last capital out of A…last that stands alone in the first line that has one; '\0': none has.
char lone_letter(std::string_view text, char last) {
  const std::u32string points = to_code_points(text);
  char found = '\0';
  auto word = [&](size_t at) { return at < points.size() && is_python_word(points[at]); };
  for (size_t at = 0; at < points.size(); ++at) {
    if (points[at] == U'\n' && found != '\0') break;
    const bool letter = points[at] >= U'A' && points[at] <= static_cast<char32_t>(last);
    if (letter && !(at > 0 && word(at - 1)) && !word(at + 1)) found = static_cast<char>(points[at]);
  }
  return found;
}

}  // namespace

MetricScore code_option(const MetricInput& input) {
  constexpr std::array<std::string_view, 4> kPhrases = {
      "answer is:", "is:", "answer:", "correct option is:"};
  const std::string letter = input.references.size() > 1 ? input.references[1] : "";
  const std::string_view text = strip_spaces(input.prediction);
  MetricScore score{0.0, std::string(text.substr(0, 2)), "letter and a mark at the beginning"};
  // "lone_letter": a letter that stands alone is accepted too, and the answer's beginning as it is.
  const bool lone = input.parameters.value("lone_letter", false);
  if (const char found = lone ? lone_letter(text, 'J') : '\0';
      found != '\0' && letter == std::string(1, found))
    return {1.0, letter, "last letter that stands alone"};
  if (!lone && !letter.empty() &&
      (text.starts_with(letter + ".") || text.starts_with(letter + ":"))) {
    score.value = 1.0;
    return score;
  }
  std::string plain = with_spaces_for(text, "\n`'\"-*");
  plain = with_space_for_word(with_space_for_word(plain, "Option"), "option");
  plain = without_double_spaces(std::move(plain));
  if (lone && begins_with_reference(input, plain)) return {1.0, plain, "beginning of the answer"};
  const auto rest = behind_first(plain, kPhrases);
  score.rule = rest ? "behind the first phrase of an answer" : "no phrase of an answer";
  score.parsed = rest.value_or("");
  score.value = rest && begins_with_reference(input, *rest) ? 1.0 : 0.0;
  return score;
}

MetricScore book_choice(const MetricInput& input) {
  constexpr std::array<std::string_view, 4> kPhrases = {"answer is:", "answer:", "answer is",
                                                        "option is"};
  constexpr std::string_view kLetters = "ABCD";
  const std::string text(strip_spaces(input.prediction));
  if (input.parameters.value("lone_letter", false))
    if (const char found = lone_letter(text, 'D');
        found != '\0' && is_reference(input, std::string(1, found)))
      return {1.0, std::string(1, found), "last letter that stands alone"};
  if (text.empty()) return {0.0, "", "empty answer"};
  auto decided = [](const char* rule, std::string_view parsed, bool right) {
    return MetricScore{right ? 1.0 : 0.0, std::string(parsed), rule};
  };
  if (kLetters.find(text[0]) != std::string_view::npos)
    return decided("first character", text.substr(0, 1), is_reference(input, text.substr(0, 1)));
  if (is_reference(input, text)) return decided("whole answer", text, true);
  const std::string plain = without_double_spaces(with_spaces_for(text, "\n\"'.,?!{}"));
  if (const auto rest = behind_first(plain, kPhrases))
    return decided("behind the first phrase of an answer", *rest,
                   begins_with_reference(input, *rest));
  for (std::string_view word : split_at_spaces(plain))
    if (kLetters.find(word) != std::string_view::npos)
      return decided("first word out of ABCD", word, is_reference(input, word));
  return decided("no letter found", "", false);
}

}  // namespace loom
