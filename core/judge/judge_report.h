// What a judging came to: scores with intervals, what could not be read or asked, how far the judge
// is to be trusted, and what it cost.
#pragma once

#include "core/judge/agreement.h"
#include "core/judge/judge_pairs.h"

namespace loom {

// Per million tokens, in the user's currency.
struct TokenPrices {
  double input = 0, output = 0;
};

// A model's answers to one task, or to all of them: `job` names it. Scores 0…100.
struct JudgedTask {
  std::string model;  // the run's column
  JobSummary summary;
};
struct JudgedScores {
  std::vector<JudgedTask> tasks, columns;
};
JudgedScores judged_scores(const JudgedRun& judged, const Rubric& rubric, const RunSummary& run);

// `rubric`: none where each task has its own. "judge", "agreement", "tokens", "cost" and how many
// questions were asked.
nlohmann::json judge_json(const Judge& judge, const Rubric* rubric, const Agreement& agreement,
                          const std::optional<TokenPrices>& prices);
nlohmann::json judged_run_json(int64_t run, const JudgedRun& judged, const Rubric& rubric,
                               const JudgedScores& scores);
// As judged_run_json, of tasks judged by their own rubrics: their scores as the store has them now,
// those of this judge alone. Tasks have no score in common.
nlohmann::json judged_tasks_json(int64_t run, const JudgedRun& judged,
                                 const std::vector<JudgedJob>& stored);
nlohmann::json judged_pairs_json(const PairsRequest& request, const JudgedPairs& judged);

// One line for the events of a run, from the JSON of the result with judge_json merged in.
std::string judge_event(const nlohmann::json& result);

}  // namespace loom
