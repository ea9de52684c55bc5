// A reference in the answer as it is written, case included (NoLiMa, LIBRA): anywhere or as the
// whole, in the whole answer or in its last line.
#include <algorithm>

#include "core/metrics/all_metrics.h"
#include "core/metrics/answer_text.h"

namespace loom {

MetricScore answer_match(const MetricInput& input) {
  const std::string mode = input.parameters.value("mode", "contains");
  MetricScore score;
  score.parsed = mode == "contains" ? std::string(input.prediction) : trimmed(input.prediction);
  if (mode.starts_with("lastline")) {
    const size_t end = score.parsed.find_last_of('\n');
    if (end != std::string::npos) score.parsed = score.parsed.substr(end + 1);
  }
  const bool whole = mode.ends_with("EM");
  // An empty reference would be part of every answer.
  auto matches = [&](const std::string& reference) {
    if (reference.empty()) return false;
    return whole ? score.parsed == reference : score.parsed.find(reference) != std::string::npos;
  };
  // "all": every reference has to occur.
  const auto& wanted = input.references;
  const bool all = input.parameters.value("all", false);
  const bool right = all ? std::all_of(wanted.begin(), wanted.end(), matches)
                         : std::any_of(wanted.begin(), wanted.end(), matches);
  score.rule = all ? mode + ", all" : mode;
  score.value = right ? 1.0 : 0.0;
  take_off_negatives(input, score);
  return score;
}

}  // namespace loom
