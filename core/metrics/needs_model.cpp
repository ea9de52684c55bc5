#include "core/metrics/all_metrics.h"

namespace loom {

MetricScore needs_model(const MetricInput&) {
  MetricScore score;
  score.rule = "needs a model's pass over the references";
  return score;
}

}  // namespace loom
