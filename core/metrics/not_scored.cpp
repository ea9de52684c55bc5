#include "core/metrics/all_metrics.h"

namespace loom {

MetricScore not_scored(std::string reason) {
  MetricScore score;
  score.rule = std::move(reason);
  return score;
}

MetricScore not_scored(const MetricInput& input) {
  return not_scored(input.parameters.value("reason", "not scored"));
}

}  // namespace loom
