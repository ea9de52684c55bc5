#include "core/metrics/all_metrics.h"
#include "core/metrics/answer_text.h"
#include "core/text/normalise.h"

namespace loom {
namespace {

size_t found_references(const MetricInput& input, std::string& parsed) {
  parsed = without_controls(input.prediction);
  std::string lower = lower_case(parsed);
  size_t found = 0;
  for (const std::string& reference : input.references) found += lower.find(lower_case(reference)) != std::string::npos;
  return found;
}

}  // namespace

MetricScore contains_all(const MetricInput& input) {
  MetricScore score;
  score.rule = "references as substrings";
  size_t found = found_references(input, score.parsed);
  score.value = input.references.empty() ? 0.0 : static_cast<double>(found) / static_cast<double>(input.references.size());
  return score;
}

MetricScore contains_any(const MetricInput& input) {
  MetricScore score;
  score.rule = "any reference as substring";
  score.value = found_references(input, score.parsed) > 0 ? 1.0 : 0.0;
  return score;
}

}  // namespace loom
