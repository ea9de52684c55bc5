#include "core/metrics/all_metrics.h"

namespace loom {

const std::vector<Metric>& all_metrics() {
  static const std::vector<Metric> metrics = {{"choice", 1, true, choice_letter},
                                              {"contains_all", 1, false, contains_all},
                                              {"contains_any", 1, true, contains_any},
                                              {"token_f1", 1, false, token_f1},
                                              {"word_recall", 1, false, word_recall},
                                              {"written_form", 1, false, written_form}};
  return metrics;
}

Result<const Metric*> find_metric(const std::string& id) {
  for (const Metric& metric : all_metrics())
    if (id == metric.id) return &metric;
  return Error{ErrorKind::not_found, "there is no metric \"" + id + "\"", "metric", ""};
}

}  // namespace loom
