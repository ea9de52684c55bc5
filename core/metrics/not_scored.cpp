#include "core/metrics/all_metrics.h"

namespace loom {

MetricScore not_scored(const MetricInput& input) {
  MetricScore score;
  score.rule = input.parameters.value("reason", "not scored");
  return score;
}

}  // namespace loom
