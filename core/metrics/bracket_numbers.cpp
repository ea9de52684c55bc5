// LongIns: F1 of the set of numbers that stand in square brackets.
#include <algorithm>
#include <set>

#include "core/metrics/all_metrics.h"
#include "core/metrics/answer_text.h"

namespace loom {

MetricScore bracket_numbers(const MetricInput& input) {
  std::set<std::string> found;
  const std::string_view text = input.prediction;
  for (size_t open = text.find('['); open != std::string_view::npos;) {
    const size_t end = text.find_first_of("]\n", open + 1);
    if (end == std::string_view::npos) break;
    if (text[end] == '\n') {  // a group ends on its line, and so do all that were opened on it
      open = text.find('[', end + 1);
      continue;
    }
    for (DigitRun& run : digit_runs(text.substr(open + 1, end - open - 1))) {
      std::string& digits = run.digits;
      digits.erase(0, std::min(digits.find_first_not_of('0'), digits.size() - 1));
      found.insert(std::move(digits));
    }
    open = text.find('[', end + 1);
  }
  const std::set<std::string> wanted(input.references.begin(), input.references.end());
  size_t hits = 0;
  for (const std::string& reference : wanted) hits += found.contains(reference);
  MetricScore score;
  score.rule = "numbers in square brackets";
  for (const std::string& number : found)
    score.parsed += (score.parsed.empty() ? "" : ", ") + number;
  const double both = static_cast<double>(found.size() + wanted.size());
  score.value = hits == 0 ? 0.0 : 2.0 * static_cast<double>(hits) / both;
  return score;
}

}  // namespace loom
