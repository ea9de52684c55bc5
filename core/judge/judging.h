// A judging of a run as both programs do it: how far the judge agrees with the labelled answers,
// then the run's answers, then one line among the run's events.
#pragma once

#include "core/judge/judge_report.h"

namespace loom {

struct Judging {
  JudgeRequest request;
  std::optional<TokenPrices> prices;
  std::function<void(const Agreement&)> agreement = [](const Agreement&) {};
};

struct JudgingResult {
  nlohmann::json json;  // as the judge verb prints it
  Agreement agreement;
  std::optional<Error> ended_by;  // as JudgedRun
};

// "task" or an id of all_rubrics(); "": what suits the run. None: each task's own.
Result<const Rubric*> rubric_for_run(const std::string& name, const RunSummary& run);
// The program's own labelled answers.
Result<LabelledSet> labelled_answers();
// Where a judge's answers are kept.
std::filesystem::path verdict_file(const JudgeModel& judge);

Result<JudgingResult> judge_stored_run(Judge& judge, const Judging& judging,
                                       const RunQueries& queries, RunStore& store,
                                       std::stop_token stop);

}  // namespace loom
