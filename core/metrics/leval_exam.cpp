// L-Eval's closed tasks: what of the answer counts, then the official match, in which letters that
// are part of the right ones earn a quarter. "kind": letter, letters, number, code, fact, or absent
// for free text.
#include <algorithm>
#include <cstdlib>
#include <optional>
#include <set>
#include <span>

#include "core/metrics/all_metrics.h"
#include "core/metrics/answer_text.h"
#include "core/metrics/official_text.h"
#include "core/text/normalise.h"
#include "core/text/python_text.h"
#include "core/text/utf8.h"

namespace loom {
namespace {

constexpr std::string_view kLetters = "ABCD";

bool is_choice(char c) {
  return c >= 'A' && c <= 'D';
}
std::string sorted_set(const std::string& letters) {
  const std::set<char> set(letters.begin(), letters.end());
  return {set.begin(), set.end()};
}

std::string first_run(std::string_view text) {
  const auto begin = std::find_if(text.begin(), text.end(), is_choice);
  return {begin, std::find_if_not(begin, text.end(), is_choice)};
}

bool begins_with_space(std::string_view text) {
  return !text.empty() && is_python_space(decode_utf8(text, 0).value);
}

// Capitals that white space, a full stop or a bracket follows.
std::string closed_letters(std::string_view text) {
  std::string letters;
  for (size_t at = 0; at + 1 < text.size(); ++at) {
    const std::string_view rest = text.substr(at + 1);
    if (is_choice(text[at]) && (rest[0] == '.' || rest[0] == ')' || begins_with_space(rest)))
      letters += text[at];
  }
  return letters;
}

std::string choice_in(const std::string& answer, bool single) {
  if (strip_spaces(answer).empty()) return "None";
  if (kLetters.find(answer) != std::string_view::npos) return answer;
  const size_t first = answer.find_first_of(kLetters);
  if (single && first != std::string::npos) return answer.substr(first, 1);
  const size_t behind = std::min(answer.find_first_not_of(kLetters), answer.size());
  const std::string leading = answer.substr(0, behind);
  if (leading.size() > 1) return sorted_set(leading);
  // One letter that begins the answer counts, and so do the closed ones behind it.
  const std::string rest = answer.substr(behind, answer.find("Question", behind) - behind);
  const std::string stated = sorted_set(leading + closed_letters(rest));
  if (!stated.empty()) return stated;
  const std::string run = first_run(rest);
  return run.empty() ? "A" : run;
}

std::string gold_letters(std::string_view gold) {
  const auto words = split_at_spaces(gold);
  std::string letters;
  if (!words.empty())
    std::copy_if(words[0].begin(), words[0].end(), std::back_inserter(letters), is_choice);
  return letters.empty() ? "A" : letters;
}

std::string number_in(const std::string& answer) {
  constexpr std::string_view kPhrase = "The answer is ";
  std::string word;
  size_t at = answer.find(kPhrase);
  // The phrase counts where a word follows at once.
  while (at != std::string::npos &&
         (at + kPhrase.size() == answer.size() ||
          begins_with_space(std::string_view(answer).substr(at + kPhrase.size()))))
    at = answer.find(kPhrase, at + 1);
  if (at != std::string::npos) {
    word = split_at_spaces(std::string_view(answer).substr(at + kPhrase.size()))[0];
  } else {
    const std::string begin = answer.substr(0, answer.find("\n\n"));
    for (size_t from = 0; from <= begin.size();) {  // words between single spaces
      const size_t end = std::min(begin.find(' ', from), begin.size());
      const std::string one = begin.substr(from, end - from);
      if (std::any_of(one.begin(), one.end(), is_ascii_digit)) word = one;
      from = end + 1;
    }
  }
  word.resize(std::min(word.find('.'), word.size()));
  std::erase_if(word, [](char c) { return !is_ascii_digit(c); });
  return word;
}

// The words at white space, with an empty one where the text begins or ends with it: the official
// scorer counts these too.
std::vector<std::string_view> pieces(std::string_view text) {
  auto words = split_at_spaces(text);
  if (words.empty()) return std::vector<std::string_view>(text.empty() ? 1 : 2);
  if (words.front().data() != text.data()) words.insert(words.begin(), std::string_view());
  if (words.back().data() + words.back().size() != text.data() + text.size()) words.emplace_back();
  return words;
}

std::string joined(std::span<const std::string_view> words) {
  std::string result;
  for (size_t i = 0; i < words.size(); ++i) (result += i > 0 ? " " : "") += words[i];
  return result;
}

std::string code_normal(const std::string& text) {
  std::string result = joined(pieces(text));
  for (const char* mark : {",", "'", "\\", ".0"}) replace_all(result, mark, "");
  replace_all(result, "] [", "][");
  replace_all(result, "[ [", "[[");
  replace_all(result, "] ]", "]]");
  return result;
}

// The pieces of a program's output in an answer: as many as the gold has words, and three more.
std::string output_in(const std::string& answer, const std::string& gold) {
  constexpr size_t kMore = 3;
  constexpr std::string_view kFinal = "the final output";
  std::string text = code_normal(answer);
  for (const char* phrase :
       {"will be", "of the code", "is", "would be", "the value of", "the result of", "printed"})
    replace_all(text, phrase, "");
  const size_t final = text.rfind(kFinal);
  const bool named = final != std::string::npos;
  const auto words =
      pieces(std::string_view(text).substr(named ? final + kFinal.size() : size_t{0}));
  const size_t wanted = std::min(split_at_spaces(gold).size() + kMore, words.size());
  return joined(std::span(words).subspan(named ? 0 : words.size() - wanted, wanted));
}

// As Python's float: "1e5" and "inf" are numbers, "0x1A" is none.
std::optional<double> as_number(const std::string& text) {
  if (text.empty() || text.find_first_of("xX") != std::string::npos) return std::nullopt;
  char* end = nullptr;
  const double value = std::strtod(text.c_str(), &end);
  return end == text.c_str() + text.size() ? std::optional(value) : std::nullopt;
}

std::string without_spaces(std::string text) {
  text = python_lower(text);
  std::erase(text, ' ');
  return text;
}

double match(const std::string& answer, const std::string& gold) {
  const NormalSteps steps{.lower = false};
  const std::string prediction = official_normal(answer, steps),
                    right = official_normal(gold, steps);
  if (!right.empty() && std::all_of(right.begin(), right.end(), is_choice)) {
    if (prediction == right) return 1;
    return prediction.find_first_not_of(right) == std::string::npos ? 0.25 : 0;
  }
  const auto number = as_number(prediction), right_number = as_number(right);
  if (number && right_number) return *number == *right_number ? 1 : 0;
  return without_spaces(prediction).find(without_spaces(right)) != std::string::npos ? 1 : 0;
}

std::string truth_in(std::string_view part) {
  for (std::string_view word : split_at_spaces(part))
    for (const char* truth : {"true", "false"})
      if (word.find(truth) != std::string_view::npos) return truth;
  return "<error>";
}

// What stands before "[fact:" and what stands behind it. There the official scorer drops the last
// character, the closing bracket as a rule.
std::pair<std::string, std::string> two_parts(const std::string& text) {
  constexpr std::string_view kFact = "[fact:";
  const size_t cut = std::min(text.find(kFact), text.size());
  std::string fact = text.substr(std::min(cut + kFact.size(), text.size()));
  fact.resize(std::min(fact.find(kFact), fact.size()));
  while (!fact.empty() && (static_cast<unsigned char>(fact.back()) & 0xC0) == 0x80) fact.pop_back();
  if (!fact.empty()) fact.pop_back();
  return {text.substr(0, cut), fact};
}

// "True [fact: False]": what the document says, and what is known of the world.
MetricScore two_truths(const MetricInput& input, const std::string& gold) {
  const auto [answer, second] = two_parts(python_lower(input.prediction));
  // Two answers were joined, each perhaps with a thought of its own.
  const bool parted = input.parameters.contains("after_thought");
  const std::string_view said = parted ? after_thought(answer) : answer,
                         known = parted ? after_thought(second) : second;
  const auto [right, right_fact] = two_parts(python_lower(gold));
  const std::string loyal = truth_in(said), fact = truth_in(known);
  const double loyalty = loyal == strip_spaces(right), knowledge = fact == strip_spaces(right_fact);
  MetricScore score{(loyalty + knowledge) / 2, loyal + ", " + fact,
                    "first word of truth in each part"};
  score.parts = {{"loyalty", loyalty}, {"fact", knowledge}};
  return score;
}

}  // namespace

MetricScore leval_exam(const MetricInput& input) {
  const std::string kind = input.parameters.value("kind", "text"), answer(input.prediction);
  std::string gold = input.references.empty() ? "" : input.references[0];
  if (kind == "fact") return two_truths(input, gold);
  MetricScore score{0.0, answer, "whole answer"};
  if (kind == "letter" || kind == "letters") {
    score.parsed = choice_in(answer, kind == "letter");
    score.rule = "letters of the answer";
    gold = gold_letters(gold);
  } else if (kind == "number") {
    score.parsed = number_in(answer);
    score.rule = "number behind the phrase, or the last one";
    gold = number_in(gold);
  } else if (kind == "code") {
    score.parsed = output_in(answer, gold);
    gold = code_normal(gold);
    score.rule = "words of the output";
  }
  score.value = match(score.parsed, gold);
  return score;
}

}  // namespace loom
