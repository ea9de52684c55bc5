// LooGLE by seven measures. The package hands answer and reference to BERTScore in each other's
// place and takes the recall: of the answer it is the precision.
#include <algorithm>

#include "core/metrics/all_metrics.h"
#include "core/metrics/bert_score.h"
#include "core/text/python_text.h"

namespace loom {

std::string_view encoded_text(std::string_view metric, std::string_view answer) {
  return metric == kSevenMeasures && strip_spaces(answer).empty() ? "None" : answer;
}

MetricScore encoder_score(std::string_view metric, const MetricInput& input, MetricScore bert) {
  if (metric != kSevenMeasures || !bert.value) return bert;
  MetricScore score = text_measures(input);
  score.rule = "mean of the seven measures";
  score.parts["bert_score"] = bert.parts.value("precision", 0.0);
  double sum = 0;
  for (const auto& [name, value] : score.parts.items()) sum += value.get<double>();
  score.value = std::clamp(sum / static_cast<double>(score.parts.size()), 0.0, 1.0);
  return score;
}

}  // namespace loom
