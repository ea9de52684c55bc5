// The share of the reference's distinct words that occur among the answer's, both in small letters
// and cut at white space alone, so that a full stop makes another word; rounded to a hundredth of a
// per cent. The package loom-scope's rule for needles.
#include <cmath>
#include <set>

#include "core/metrics/all_metrics.h"
#include "core/text/python_text.h"

namespace loom {

MetricScore word_share(const MetricInput& input) {
  const std::string answer = python_lower(input.prediction);
  std::string references;
  for (const std::string& one : input.references) (references += python_lower(one)) += ' ';
  const auto words = split_at_spaces(answer), asked = split_at_spaces(references);
  const std::set<std::string_view> given(words.begin(), words.end()),
      wanted(asked.begin(), asked.end());
  size_t found = 0;
  for (std::string_view word : wanted) found += given.contains(word);
  MetricScore score{0.0, answer, "distinct words cut at white space"};
  if (!wanted.empty())
    score.value =
        std::nearbyint(static_cast<double>(found) / static_cast<double>(wanted.size()) * 10000) /
        10000;
  return score;
}

}  // namespace loom
