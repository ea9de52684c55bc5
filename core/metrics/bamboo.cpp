// BAMBOO's scorers, in the official steps.
#include <algorithm>

#include "core/metrics/all_metrics.h"
#include "core/metrics/answer_text.h"
#include "core/metrics/rank_agreement.h"
#include "core/text/python_text.h"

namespace loom {
namespace {

// Ends without white space, then without full stops, in lower case.
std::string bare(std::string_view text) {
  text = strip_spaces(text);
  while (text.starts_with('.')) text.remove_prefix(1);
  while (text.ends_with('.')) text.remove_suffix(1);
  return python_lower(text);
}

// What passes 18 digits is no place in any list.
std::vector<int64_t> numbers_in(std::string_view text) {
  std::vector<int64_t> numbers;
  for (const DigitRun& run : digit_runs(text))
    numbers.push_back(std::stoll(run.digits.substr(0, 18)));
  return numbers;
}

}  // namespace

MetricScore first_letter(const MetricInput& input) {
  const std::string line = first_line(strip_spaces(input.prediction));
  MetricScore score{0.0, "", "first character"};
  const std::string letter = line.empty() ? "" : python_lower(line.substr(0, 1));
  if (letter.empty() || letter[0] < 'a' || letter[0] > 'd') return score;
  score.parsed = std::string(1, static_cast<char>(letter[0] - 'a' + 'A'));
  score.value = !input.references.empty() && score.parsed == input.references[0] ? 1.0 : 0.0;
  return score;
}

// "first_line": of the answer as it came, so that a leading line end leaves nothing.
MetricScore bare_match(const MetricInput& input) {
  const bool line = input.parameters.value("first_line", false);
  MetricScore score{0.0, bare(line ? first_line(input.prediction) : input.prediction),
                    "without white space, full stops and case"};
  score.value = !input.references.empty() && score.parsed == bare(input.references[0]) ? 1.0 : 0.0;
  return score;
}

MetricScore yes_match(const MetricInput& input) {
  const std::string begin = python_lower(strip_spaces(input.prediction));
  const bool yes = to_utf8(to_code_points(begin).substr(0, 3)).find("yes") != std::string::npos;
  const bool gold = !input.references.empty() && input.references[0] == "true";
  MetricScore score{yes == gold ? 1.0 : 0.0, yes ? "yes" : "no",
                    "yes in the first three characters"};
  score.parts = {{"positive", yes}, {"gold", gold}};
  return score;
}

MetricScore order_concordance(const MetricInput& input) {
  std::vector<int64_t> order = numbers_in(input.prediction), gold;
  for (const std::string& place : input.references)
    for (int64_t number : numbers_in(place)) gold.push_back(number);
  MetricScore score{0.0, "", "all numbers, in their order"};
  for (int64_t number : order)
    score.parsed += (score.parsed.empty() ? "" : ", ") + std::to_string(number);
  if (!order.empty() && *std::min_element(order.begin(), order.end()) == 1)  // counted from 1
    for (int64_t& number : order) --number;
  score.value = concordance(order, gold);
  return score;
}

}  // namespace loom
