#include "core/metrics/all_metrics.h"

namespace loom {

MetricScore needs_judge(const MetricInput&) {
  MetricScore score;
  score.rule = "needs a judge";
  return score;
}

}  // namespace loom
