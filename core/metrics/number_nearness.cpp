// Answers that are numbers or orders and are right by degrees.
#include <algorithm>
#include <charconv>

#include "core/metrics/all_metrics.h"
#include "core/metrics/answer_text.h"
#include "core/metrics/rank_agreement.h"

namespace loom {
namespace {

// The first number before a per cent sign, else the first number: "60", "12.5 %".
std::string first_percentage(std::string_view text) {
  std::string first;
  for (size_t at = 0; at < text.size();) {
    if (!is_ascii_digit(text[at])) {
      ++at;
      continue;
    }
    size_t end = at;
    while (end < text.size() && is_ascii_digit(text[end])) ++end;
    if (end + 1 < text.size() && text[end] == '.' && is_ascii_digit(text[end + 1]))
      for (++end; end < text.size() && is_ascii_digit(text[end]);) ++end;
    const std::string number(text.substr(at, end - at));
    if (first.empty()) first = number;
    const size_t sign = end < text.size() && text[end] == ' ' ? end + 1 : end;
    if (sign < text.size() && text[sign] == '%') return number;
    at = end;
  }
  return first;
}

double share_of(const std::string& percentage) {
  double value = 0;
  std::from_chars(percentage.data(), percentage.data() + percentage.size(), value);
  return value / 100;
}

// What passes 15 digits ranks by its first ones.
std::vector<double> ranked_numbers(std::string_view text) {
  std::vector<double> numbers;
  for (const DigitRun& run : digit_runs(text))
    numbers.push_back(static_cast<double>(std::stoll(run.digits.substr(0, 15))));
  return numbers;
}

}  // namespace

MetricScore percentage_nearness(const MetricInput& input) {
  MetricScore score{std::nullopt, first_percentage(input.prediction),
                    "first percentage, else first number; halved by every ten points it is off"};
  const std::string gold =
      input.references.empty() ? "" : first_percentage(input.references.front());
  if (score.parsed.empty() || gold.empty()) return score;
  score.value = exponential_similarity(share_of(score.parsed), share_of(gold));
  return score;
}

MetricScore rank_correlation(const MetricInput& input) {
  const std::vector<double> said = ranked_numbers(input.prediction);
  std::vector<double> gold;
  for (const std::string& place : input.references)
    for (double number : ranked_numbers(place)) gold.push_back(number);
  MetricScore score{0.0, "", "Spearman's correlation of all numbers, nothing below 0"};
  if (said.size() != gold.size()) return score;
  const auto rho = spearman(said, gold);
  if (!rho) return score;
  score.parts = {{"rho", *rho}};
  score.value = std::clamp(*rho, 0.0, 1.0);
  return score;
}

}  // namespace loom
