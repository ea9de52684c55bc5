#include "core/judge/judging.h"

#include "core/base/file_paths.h"
#include "core/base/hash.h"
#include "core/judge/task_rubric.h"

namespace loom {
namespace {

using nlohmann::json;

Result<json> result_of(const JudgeRequest& request, const JudgedRun& judged,
                       const RunSummary& summary, const RunQueries& queries) {
  if (request.rubric)
    return judged_run_json(request.run, judged, *request.rubric,
                           judged_scores(judged, *request.rubric, summary));
  LOOM_TRY(const auto stored, queries.judged(request.run));
  return judged_tasks_json(request.run, judged, stored);
}

}  // namespace

Result<const Rubric*> rubric_for_run(const std::string& name, const RunSummary& run) {
  const bool own = has_task_rubrics(run);
  const std::string chosen = !name.empty() ? name : own ? kTaskRubric : "correct";
  if (chosen == kTaskRubric && own) return static_cast<const Rubric*>(nullptr);
  if (chosen == kTaskRubric)
    return Error{ErrorKind::invalid_input, "no task of the run has a rubric of its own",
                 "--rubric task", "Leave --rubric out, or choose another one"};
  LOOM_TRY(const Rubric* rubric, find_rubric(chosen));
  if (rubric->kind == Rubric::Kind::preference)
    return Error{ErrorKind::invalid_input, "compares two runs", "--rubric pairwise",
                 "Use judge --pairwise RUN_A RUN_B"};
  return rubric;
}

Result<LabelledSet> labelled_answers() {
  LOOM_TRY(const auto resources, paths::resources());
  return read_labelled_set(resources / "judge" / "labelled.json");
}

std::filesystem::path verdict_file(const JudgeModel& judge) {
  return paths::cache() / "judge" / (sha256(judge.identity()).substr(0, 32) + ".jsonl");
}

Result<JudgingResult> judge_stored_run(Judge& judge, const Judging& judging,
                                       const RunQueries& queries, RunStore& store,
                                       std::stop_token stop) {
  const JudgeRequest& request = judging.request;
  JudgingResult result;
  LOOM_TRY(const RunSummary summary, queries.summary(request.run));
  LOOM_TRY(const LabelledSet labelled, labelled_answers());
  if (request.rubric) {
    LOOM_TRY(result.agreement, measure_agreement(judge, *request.rubric, labelled, stop));
  } else {
    LOOM_TRY(result.agreement,
             measure_task_agreement(judge, labelled_questions(summary), labelled, stop));
  }
  judging.agreement(result.agreement);
  LOOM_TRY(const JudgedRun judged, judge_run(judge, request, queries, store, stop));
  LOOM_TRY(result.json, result_of(request, judged, summary, queries));
  result.json.update(judge_json(judge, request.rubric, result.agreement, judging.prices));
  result.ended_by = judged.ended_by;
  LOOM_CHECK(store.record_event(request.run, "judge", judge_event(result.json)));
  return result;
}

}  // namespace loom
