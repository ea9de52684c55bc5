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
  nlohmann::json metric_parameters;  // what the scores depend on beside the answers; null: nothing
  JobSummary summary;                // its job names the set's benchmark and task
  std::vector<SampleScore> scores;   // one for each answer
  nlohmann::json parts = nlohmann::json::object();  // means of the metric's numeric parts
};

// An answer without a reference is an Error. `seed` is the bootstrap's.
Result<PredictionScores> score_predictions(const PredictionSet& set, const Catalog& catalog,
                                           const std::string& rule_set = kOfficialRules,
                                           uint64_t seed = 42);
// By another metric than the task's own, with that metric's defaults where `parameters` say nothing
// else, or of answers to no task of ours. A metric that needs a model is an Error that says how to
// get its scores.
Result<PredictionScores> score_predictions_by(const std::string& metric, const PredictionSet& set,
                                              const Catalog& catalog,
                                              const std::string& rule_set = kOfficialRules,
                                              const nlohmann::json& parameters = {},
                                              uint64_t seed = 42);
// By BERTScore, its tokens weighed over these references.
Result<PredictionScores> bert_score_predictions(const PredictionSet& set, const Catalog& catalog,
                                                BertScorer& scorer, std::stop_token stop,
                                                const std::string& rule_set = kOfficialRules,
                                                uint64_t seed = 42);
// Tasks → benchmarks → capabilities, as a run sums them up.
RunSummary summarise_predictions(const std::vector<PredictionScores>& scores,
                                 const std::string& rule_set = kOfficialRules);

}  // namespace loom
