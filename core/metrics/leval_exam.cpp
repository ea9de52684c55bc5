// L-Eval's closed tasks: what of the answer counts, then the official match, in which letters that
// are part of the right ones earn a quarter. "kind": letter, letters, number, code, fact, or absent
// for free text.
#include <algorithm>
#include <cstdlib>
#include <optional>
#include <set>

#include "core/metrics/all_metrics.h"
#include "core/metrics/official_text.h"
#include "core/text/normalise.h"
#include "core/text/python_text.h"

namespace loom {
namespace {

constexpr std::string_view kLetters = "ABCD";

bool is_choice(char c) {
  return c >= 'A' && c <= 'D';
}
bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

std::string sorted_set(const std::string& letters) {
  const std::set<char> set(letters.begin(), letters.end());
  return {set.begin(), set.end()};
}

std::string first_run(std::string_view text) {
  const auto begin = std::find_if(text.begin(), text.end(), is_choice);
  return {begin, std::find_if_not(begin, text.end(), is_choice)};
}

// Capitals that white space, a full stop or a bracket follows.
std::string closed_letters(std::string_view text) {
  std::string letters;
  for (size_t at = 0; at + 1 < text.size(); ++at)
    if (is_choice(text[at]) &&
        std::string_view(" \t\r\n.)").find(text[at + 1]) != std::string_view::npos)
      letters += text[at];
  return letters;
}

std::string choice_in(const std::string& answer, bool single) {
  if (answer.empty()) return "None";
  if (kLetters.find(answer) != std::string_view::npos) return answer;
  const size_t first = answer.find_first_of(kLetters);
  if (single && first != std::string::npos) return answer.substr(first, 1);
  const std::string leading = answer.substr(0, answer.find_first_not_of(kLetters));
  if (leading.size() > 1) return sorted_set(leading);
  const std::string closed = sorted_set(closed_letters(answer.substr(0, answer.find("Question"))));
  if (!closed.empty()) return closed;
  const std::string run = first_run(answer);
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
  if (const size_t at = answer.find(kPhrase); at != std::string::npos) {
    const auto words = split_at_spaces(std::string_view(answer).substr(at + kPhrase.size()));
    if (!words.empty()) word = words[0];
  } else {
    const std::string begin = answer.substr(0, answer.find("\n\n"));
    for (size_t from = 0; from <= begin.size();) {  // words between single spaces
      const size_t end = std::min(begin.find(' ', from), begin.size());
      const std::string one = begin.substr(from, end - from);
      if (std::any_of(one.begin(), one.end(), is_digit)) word = one;
      from = end + 1;
    }
  }
  word.resize(std::min(word.find('.'), word.size()));
  std::erase_if(word, [](char c) { return !is_digit(c); });
  return word;
}

void replace_all(std::string& text, std::string_view from, std::string_view to) {
  for (size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
    text.replace(at, from.size(), to);
}

std::string single_spaced(const std::string& text) {
  std::string result;
  for (std::string_view word : split_at_spaces(text)) (result += result.empty() ? "" : " ") += word;
  return result;
}

std::string code_normal(const std::string& text) {
  std::string result = single_spaced(text);
  for (const char* mark : {",", "'", "\"", ".0"}) replace_all(result, mark, "");
  replace_all(result, "] [", "][");
  replace_all(result, "[ [", "[[");
  replace_all(result, "] ]", "]]");
  return result;
}

// The words of a program's output in an answer: as many as the gold has, and three more.
std::string output_in(const std::string& answer, const std::string& gold) {
  constexpr size_t kMore = 3;
  constexpr std::string_view kFinal = "the final output";
  std::string text = code_normal(answer);
  for (const char* phrase :
       {"will be", "of the code", "is", "would be", "the value of", "the result of", "printed"})
    replace_all(text, phrase, "");
  const size_t wanted = split_at_spaces(gold).size() + kMore;
  const size_t final = text.rfind(kFinal);
  const std::string part = final == std::string::npos ? text : text.substr(final + kFinal.size());
  const auto words = split_at_spaces(part);
  const size_t begin =
      final == std::string::npos && words.size() > wanted ? words.size() - wanted : 0;
  std::string result;
  for (size_t i = begin; i < std::min(words.size(), begin + wanted); ++i)
    (result += result.empty() ? "" : " ") += words[i];
  return result;
}

std::optional<double> as_number(const std::string& text) {
  if (text.empty()) return std::nullopt;
  char* end = nullptr;
  const double value = std::strtod(text.c_str(), &end);
  return *end == '\0' ? std::optional(value) : std::nullopt;
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

// "True [fact: False]": what the document says, and what is known of the world.
MetricScore two_truths(const MetricInput& input, const std::string& gold) {
  constexpr std::string_view kFact = "[fact:";
  const std::string answer = python_lower(input.prediction), right = python_lower(gold);
  const size_t cut = std::min(answer.find(kFact), answer.size()),
               right_cut = std::min(right.find(kFact), right.size());
  const std::string loyal = truth_in(std::string_view(answer).substr(0, cut)),
                    fact = truth_in(std::string_view(answer).substr(
                        std::min(cut + kFact.size(), answer.size())));
  std::string right_fact = right.substr(std::min(right_cut + kFact.size(), right.size()));
  std::erase(right_fact, ']');
  const double loyalty = loyal == strip_spaces(std::string_view(right).substr(0, right_cut)),
               knowledge = fact == strip_spaces(right_fact);
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
    gold = code_normal(gold);
    score.parsed = output_in(answer, gold);
    score.rule = "words of the output";
  }
  score.value = match(score.parsed, gold);
  return score;
}

}  // namespace loom
