// Scores one prediction against its references. One file per metric, one line in all_metrics.cpp.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/base/result.h"

namespace loom {

struct MetricInput {
  std::string_view prediction;
  std::span<const std::string> references;
  nlohmann::json parameters;                         // from the task's registry entry
  nlohmann::json record = nlohmann::json::object();  // Record::metadata: classes, options, …
};

// value in 0…1, shown times 100. Of a metric that has no upper end (Metric::lower_is_better) it is
// a hundredth of what is measured, so that it is shown as it is. No value: the prediction could not
// be parsed by the task's rule; that is shown apart from a wrong answer. `rule` names the
// extraction rule that produced `parsed`.
struct MetricScore {
  std::optional<double> value;
  std::string parsed;
  std::string rule;
  nlohmann::json parts = nlohmann::json::object();
};

// What a score is made of: the answer alone, or what a model says in a pass of its own.
enum class MetricSource {
  answer,
  encoder,    // hidden states of answer and references: core/metrics/bert_score.h
  likelihood  // the tested model's probabilities of the references: core/metrics/perplexity.h
};

struct Metric {
  const char* id;
  int version;  // raised whenever a score could change; stored with every score
  bool binary;  // every value is 0 or 1: Wilson's interval applies
  MetricScore (*score)(const MetricInput&);
  // What the metric needs of the machine; asked before the first score. None: nothing.
  Status (*ready)() = nullptr;
  // A task's score (0…1) from the parts of its samples, where it is not the mean of their values.
  std::optional<double> (*whole)(std::span<const nlohmann::json* const> parts) = nullptr;
  MetricSource source = MetricSource::answer;
  // Such scores are shown apart and join no mean.
  bool lower_is_better = false;
};

const std::vector<Metric>& all_metrics();
Result<const Metric*> find_metric(const std::string& id);
// False also where there is no such metric.
bool lower_is_better(const std::string& id);

}  // namespace loom
