// judge: a run's answers graded by another model, or two runs' answers compared by it.
#include <iomanip>
#include <iostream>

#include "app/cli/interrupt.h"
#include "app/cli/judge_setup.h"
#include "app/cli/progress_line.h"
#include "app/cli/verbs.h"
#include "core/base/error_json.h"
#include "core/base/file_paths.h"
#include "core/judge/task_rubric.h"

namespace loom::cli {
namespace {

using nlohmann::json;

Result<Agreement> agreement_of(Judge& judge, const Rubric& rubric) {
  LOOM_TRY(const auto resources, paths::resources());
  LOOM_TRY(const LabelledSet set, read_labelled_set(resources / "judge" / "labelled.json"));
  std::cerr << "Asking " << judge.model().name() << " about " << set.pairs.size() * 2
            << " labelled answers" << std::endl;
  LOOM_TRY(const Agreement agreement, measure_agreement(judge, rubric, set, interrupt_token()));
  if (agreement.interval.low <= 0.5)
    std::cerr << "Warning: " << judge.model().name() << " agrees with " << agreement.agreed
              << " of " << agreement.cases
              << " labelled answers, which guessing could do as well: its verdicts say little"
              << std::endl;
  return agreement;
}

void print_number(const json& row, const char* name) {
  const json value = row.value(name, json());
  if (value.is_number())
    std::cout << std::fixed << std::setprecision(2) << std::setw(8) << value.get<double>();
  else
    std::cout << "       -";
}

void print_row(const json& row, const char* score, const std::string& title) {
  for (const char* name : {score, "low", "high"}) print_number(row, name);
  std::cout << std::setw(8) << row.value("n", size_t{0}) << std::setw(10)
            << row.value("unparsed", size_t{0}) << std::setw(8) << row.value("failed", size_t{0})
            << "  " << title << '\n';
}

void print_table(const json& result) {
  const bool pairs = result.contains("run_a");
  const char* score = pairs ? "win_rate_a" : "score";
  std::cout << "   score     low    high       n  unparsed  failed  "
            << result["metric"].get<std::string>() << " by " << result["judge"].get<std::string>()
            << '\n';
  for (const json& task : result["tasks"]) {
    print_row(task, score,
              task["benchmark"].get<std::string>() + '/' + task["task"].get<std::string>());
    for (const auto& [name, value] : task.value("figures", json::object()).items())
      std::cout << "  " << std::setw(6) << value.get<double>() << "  " << name << '\n';
  }
  if (pairs)
    print_row(result, score, "share of run A's wins, ties half");
  else
    for (const json& model : result["models"])
      print_row(model, "score", "all of " + model["model"].get<std::string>());
  const json& agreement = result["agreement"];
  std::cout << "Agreement with the labelled answers: " << agreement["agreed"] << " of "
            << agreement["n"] << " [" << agreement["low"].get<double>() << ", "
            << agreement["high"].get<double>() << "] %\nTokens: " << result["tokens"]["prompt"]
            << " + " << result["tokens"]["completion"]
            << ", answers from the cache: " << result["questions_from_cache"];
  if (result["cost"].is_number())
    std::cout << ", cost: " << std::setprecision(6) << result["cost"].get<double>()
              << (result["cost_complete"].get<bool>() ? "" : " or more");
  std::cout << std::endl;
}

// Prints what there is, also of a judging that ended early.
int finish(const Invocation& invocation, json result, const std::optional<Error>& ended_by) {
  if (ended_by) {
    result["error"] = error_json(*ended_by);
    std::cerr << "loomscope-cli: " << describe(*ended_by)
              << "\nVerdicts so far are kept; the same command goes on" << std::endl;
  }
  if (!invocation.has("samples")) result.erase("samples");
  if (invocation.has("json"))
    print_json(invocation, result);
  else
    print_table(result);
  if (ended_by && ended_by->kind == ErrorKind::cancelled && interrupt_signal() > 0)
    return 128 + interrupt_signal();
  if (ended_by) return kFailed;
  return result.value("failed", size_t{0}) > 0 ? kFailedSamples : kFinished;
}

// None: each task's own.
Result<const Rubric*> chosen_rubric(const Invocation& invocation, const RunSummary& run) {
  const bool own = has_task_rubrics(run);
  const std::string name = invocation.text("rubric", own ? kTaskRubric : "correct");
  if (name == kTaskRubric && own) return nullptr;
  if (name == kTaskRubric)
    return Error{ErrorKind::invalid_input, "no task of the run has a rubric of its own",
                 "--rubric task", "Leave --rubric out, or choose another one"};
  LOOM_TRY(const Rubric* rubric, find_rubric(name));
  if (rubric->kind == Rubric::Kind::preference)
    return Error{ErrorKind::invalid_input, "compares two runs", "--rubric pairwise",
                 "Use judge --pairwise RUN_A RUN_B"};
  return rubric;
}

Result<json> result_of(const JudgeRequest& request, const JudgedRun& judged,
                       const RunSummary& summary, const Session& session) {
  if (request.rubric)
    return judged_run_json(request.run, judged, *request.rubric,
                           judged_scores(judged, *request.rubric, summary));
  LOOM_TRY(const auto stored, session.queries->judged(request.run));
  return judged_tasks_json(request.run, judged, stored);
}

Result<int> judge_one_run(const Invocation& invocation, Session& session) {
  if (invocation.positional.size() != 1)
    return Error{ErrorKind::invalid_input, "one run is needed", "RUN",
                 "loomscope-cli ls lists the runs"};
  LOOM_TRY(const int64_t run, run_number(invocation.positional[0]));
  LOOM_TRY(const RunSummary summary, session.queries->summary(run));
  LOOM_TRY(const Rubric* rubric, chosen_rubric(invocation, summary));
  LOOM_TRY(JudgeSetup setup, judge_setup(invocation, session));
  Judge judge(*setup.model, *setup.cache);
  LOOM_TRY(const Rubric* correct, find_rubric("correct"));
  LOOM_TRY(const Agreement agreement, agreement_of(judge, rubric ? *rubric : *correct));
  ProgressLine line;
  JudgeRequest request{run, rubric, setup.limit,
                       [&](const JudgeProgress& progress) { line.show(progress); }};
  LOOM_TRY(const JudgedRun judged,
           judge_run(judge, request, *session.queries, *session.store, interrupt_token()));
  line.close();
  LOOM_TRY(json result, result_of(request, judged, summary, session));
  result.update(judge_json(judge, rubric, agreement, setup.prices));
  LOOM_CHECK(session.store->record_event(run, "judge", judge_event(result)));
  return finish(invocation, std::move(result), judged.ended_by);
}

Result<int> judge_two_runs(const Invocation& invocation, Session& session) {
  if (invocation.positional.size() != 2)
    return Error{ErrorKind::invalid_input, "two runs are needed", "--pairwise RUN_A RUN_B",
                 "loomscope-cli ls lists the runs"};
  PairsRequest request;
  LOOM_TRY(request.run_a, run_number(invocation.positional[0]));
  LOOM_TRY(request.run_b, run_number(invocation.positional[1]));
  LOOM_TRY(const Rubric* rubric, find_rubric("pairwise"));
  for (const int64_t run : {request.run_a, request.run_b})
    if (auto found = session.queries->run(run); !found) return found.error();
  LOOM_TRY(JudgeSetup setup, judge_setup(invocation, session));
  request.limit = setup.limit;
  Judge judge(*setup.model, *setup.cache);
  LOOM_TRY(const Agreement agreement, agreement_of(judge, *rubric));
  ProgressLine line;
  request.progress = [&](const JudgeProgress& progress) { line.show(progress); };
  LOOM_TRY(const JudgedPairs judged,
           judge_pairs(judge, request, *session.queries, interrupt_token()));
  line.close();
  json result = judged_pairs_json(request, judged);
  result.update(judge_json(judge, rubric, agreement, setup.prices));
  for (const int64_t run : {request.run_a, request.run_b})
    LOOM_CHECK(session.store->record_event(run, "judge", judge_event(result)));
  return finish(invocation, std::move(result), judged.ended_by);
}

}  // namespace

Result<int> judge_runs(const Invocation& invocation) {
  LOOM_TRY(auto session, open_session(invocation));
  return invocation.has("pairwise") ? judge_two_runs(invocation, *session)
                                    : judge_one_run(invocation, *session);
}

}  // namespace loom::cli
