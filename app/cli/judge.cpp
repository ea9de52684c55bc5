// judge: a run's answers graded by another model, or two runs' answers compared by it.
#include <iomanip>
#include <iostream>

#include "app/cli/interrupt.h"
#include "app/cli/judge_setup.h"
#include "app/cli/progress_line.h"
#include "app/cli/verbs.h"
#include "core/base/error_json.h"
#include "core/judge/judging.h"
#include "core/statistics/decimal.h"

namespace loom::cli {
namespace {

using nlohmann::json;

void warn_of_guesses(const std::string& judge, const Agreement& agreement) {
  if (agreement.interval.low <= 0.5)
    std::cerr << "Warning: " << judge << " agrees with " << agreement.agreed << " of "
              << agreement.cases
              << " labelled answers, which guessing could do as well: its verdicts say little"
              << std::endl;
}

void say_what_is_asked(const Judge& judge) {
  std::cerr << "Asking " << judge.model().name() << " about labelled answers" << std::endl;
}

void print_number(const json& value, int width = 0) {
  if (value.is_number())
    std::cout << std::fixed << std::setprecision(2) << std::setw(width)
              << as_printed(value.get<double>(), 2);
  else
    std::cout << std::setw(width) << "-";
}

void print_row(const json& row, const char* score, const std::string& title) {
  for (const char* name : {score, "low", "high"}) print_number(row.value(name, json()), 8);
  std::cout << std::setw(8) << row.value("n", size_t{0}) << std::setw(10)
            << row.value("unparsed", size_t{0}) << std::setw(8) << row.value("failed", size_t{0})
            << "  " << title << '\n';
}

void print_verdicts(const json& result) {
  const bool pairs = result.contains("run_a");
  const char* score = pairs ? "win_rate_a" : "score";
  std::cout << "   score     low    high       n  unparsed  failed  "
            << result["metric"].get<std::string>() << " by " << result["judge"].get<std::string>()
            << '\n';
  for (const json& task : result["tasks"]) {
    print_row(task, score,
              task["benchmark"].get<std::string>() + '/' + task["task"].get<std::string>());
    const json figures = task.value("figures", json::object());
    for (const auto& [name, value] : figures.items()) {
      print_number(value, 8);
      std::cout << "  " << name << '\n';
    }
  }
  if (pairs)
    print_row(result, score, "share of run A's wins, ties half");
  else
    for (const json& model : result["models"])
      print_row(model, "score", "all of " + model["model"].get<std::string>());
  const json& agreement = result["agreement"];
  std::cout << "Agreement with the labelled answers: " << agreement["agreed"] << " of "
            << agreement["n"] << " [";
  print_number(agreement["low"]);
  std::cout << ", ";
  print_number(agreement["high"]);
  std::cout << "] %\nTokens: " << result["tokens"]["prompt"] << " + "
            << result["tokens"]["completion"]
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
    print_verdicts(result);
  if (ended_by && ended_by->kind == ErrorKind::cancelled && interrupt_signal() > 0)
    return 128 + interrupt_signal();
  if (ended_by) return kFailed;
  return result.value("failed", size_t{0}) > 0 ? kFailedSamples : kFinished;
}

Result<int> judge_one_run(const Invocation& invocation, Session& session) {
  if (invocation.positional.size() != 1)
    return Error{ErrorKind::invalid_input, "one run is needed", "RUN",
                 "loomscope-cli ls lists the runs"};
  LOOM_TRY(const int64_t run, run_number(invocation.positional[0]));
  LOOM_TRY(const RunSummary summary, session.queries->summary(run));
  LOOM_TRY(const Rubric* rubric, rubric_for_run(invocation.text("rubric"), summary));
  auto setup = judge_setup(invocation, session);
  if (!setup) return refuse_if_missing(invocation, setup.error());
  Judge judge(*setup->model, *setup->cache);
  ProgressLine line;
  Judging judging;
  judging.request = {run, rubric, setup->limit,
                     [&](const JudgeProgress& progress) { line.show(progress); }};
  judging.prices = setup->prices;
  judging.agreement = [&](const Agreement& agreement) {
    warn_of_guesses(judge.model().name(), agreement);
  };
  say_what_is_asked(judge);
  LOOM_TRY(JudgingResult result,
           judge_stored_run(judge, judging, *session.queries, *session.store, interrupt_token()));
  line.close();
  return finish(invocation, std::move(result.json), result.ended_by);
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
  auto setup = judge_setup(invocation, session);
  if (!setup) return refuse_if_missing(invocation, setup.error());
  request.limit = setup->limit;
  Judge judge(*setup->model, *setup->cache);
  LOOM_TRY(const LabelledSet labelled, labelled_answers());
  say_what_is_asked(judge);
  LOOM_TRY(const Agreement agreement,
           measure_agreement(judge, *rubric, labelled, interrupt_token()));
  warn_of_guesses(judge.model().name(), agreement);
  ProgressLine line;
  request.progress = [&](const JudgeProgress& progress) { line.show(progress); };
  LOOM_TRY(const JudgedPairs judged,
           judge_pairs(judge, request, *session.queries, interrupt_token()));
  line.close();
  json result = judged_pairs_json(request, judged);
  result.update(judge_json(judge, rubric, agreement, setup->prices));
  for (const int64_t run : {request.run_a, request.run_b})
    LOOM_CHECK(session.store->record_event(run, "judge", judge_event(result)));
  return finish(invocation, std::move(result), judged.ended_by);
}

// An option that nothing reads would be taken for one that was heeded.
Status check_options(const Invocation& invocation) {
  struct Unread {
    const char* option;
    bool unread;
    const char* remedy;
  };
  const bool local = invocation.has("judge_model"), pairs = invocation.has("pairwise");
  const Unread list[] = {
      {"judge_name", local, "It goes with --judge_url"},
      {"judge_key_env", local, "It goes with --judge_url"},
      {"judge_parallel", local, "It goes with --judge_url"},
      {"device", invocation.has("judge_url"), "It goes with --judge_model"},
      {"rubric", pairs, "Two runs are compared by a rubric of its own; leave it out"},
      {"samples", !invocation.has("json"), "Verdicts are printed with --json"}};
  for (const Unread& one : list)
    if (one.unread && invocation.has(one.option))
      return Error{ErrorKind::invalid_input, "is not read here", std::string("--") + one.option,
                   one.remedy};
  return {};
}

}  // namespace

Result<int> judge_runs(const Invocation& invocation) {
  if (!(invocation.has("judge_model") && invocation.has("judge_url")))
    LOOM_CHECK(check_options(invocation));
  LOOM_TRY(auto session, open_stored(invocation));
  return invocation.has("pairwise") ? judge_two_runs(invocation, *session)
                                    : judge_one_run(invocation, *session);
}

}  // namespace loom::cli
