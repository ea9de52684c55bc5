// Answers of another program become scores by the rules of a task.
#pragma once

#include "core/catalog/rule_sets.h"
#include "core/evaluation/run_summary.h"
#include "core/metrics/bert_score.h"
#include "core/predictions/predictions.h"

namespace loom {

struct PredictionScores {
  std::string metric;
  int metric_version = 1;
  JobSummary summary;                               // its job names benchmark and task
  std::vector<SampleScore> scores;                  // one for each answer
  nlohmann::json parts = nlohmann::json::object();  // means of the metric's numeric parts
};

// An answer without a reference is an Error. `seed` is the bootstrap's.
Result<PredictionScores> score_predictions(const PredictionSet& set, const Catalog& catalog,
                                           const std::string& rule_set = kOfficialRules,
                                           uint64_t seed = 42);
// By BERTScore instead of the task's own metric, its tokens weighed over these references.
Result<PredictionScores> bert_score_predictions(const PredictionSet& set, const Catalog& catalog,
                                                BertScorer& scorer, std::stop_token stop,
                                                const std::string& rule_set = kOfficialRules,
                                                uint64_t seed = 42);
// Tasks → benchmarks → capabilities, as a run sums them up.
RunSummary summarise_predictions(const std::vector<PredictionScores>& scores,
                                 const std::string& rule_set = kOfficialRules);

}  // namespace loom
