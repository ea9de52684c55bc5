#include <iostream>
#include <set>

#include "app/cli/estimate.h"
#include "app/cli/failure_lines.h"
#include "app/cli/gate.h"
#include "app/cli/interrupt.h"
#include "app/cli/plan_flags.h"
#include "app/cli/progress_line.h"
#include "app/cli/session.h"
#include "app/cli/verbs.h"
#include "core/export/run_export.h"

namespace loom::cli {
namespace {

constexpr size_t kReasonsShown = 3;  // show lists them all

// The model and the augmentation where the run has several.
void print_scores(const nlohmann::json& results) {
  std::set<std::string> several[2];
  const char* const parts[] = {"model", "augmentation"};
  for (const auto& job : results["jobs"])
    for (size_t i = 0; i < 2; ++i) several[i].insert(job[parts[i]].get<std::string>());
  for (const auto& job : results["jobs"]) {
    std::string title = job["benchmark"].get<std::string>() + '/' + job["task"].get<std::string>();
    if (job["length"].is_number()) title += " @" + std::to_string(job["length"].get<size_t>());
    for (size_t i = 0; i < 2; ++i)
      if (several[i].size() > 1) title += " · " + job[parts[i]].get<std::string>();
    char score[64] = "       -";
    if (job["score"].is_number() && job["low"].is_number())
      std::snprintf(score, sizeof score, "%8.2f [%6.2f, %6.2f]", job["score"].get<double>(),
                    job["low"].get<double>(), job["high"].get<double>());
    else if (job["score"].is_number())
      std::snprintf(score, sizeof score, "%8.2f [no interval   ]", job["score"].get<double>());
    std::cout << title << std::string(title.size() < 44 ? 44 - title.size() : 1, ' ') << score
              << "  n " << job["n"] << '\n';
  }
  std::cout << std::flush;
}

// What `resume` needs to find a run that is not in the user's own history.
std::string store_option(const Invocation& invocation) {
  if (!invocation.has("store")) return "";
  std::string quoted;
  for (char c : invocation.text("store"))
    quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return " --store '" + quoted + "'";
}

// Works on a stored run until it ends or is stopped, then prints it and writes the report.
Result<int> work_on(int64_t run, Session& session, const Invocation& invocation) {
  ProgressLine line;
  auto state = continue_run(run, session.environment, line.observer(), interrupt_token());
  line.close();
  if (!state) return state.error();
  if (*state == RunState::paused) {
    std::cerr << "Stopped; every finished sample is kept. Go on with: loomscope-cli resume " << run
              << store_option(invocation) << std::endl;
    if (invocation.has("json")) {
      LOOM_TRY(nlohmann::json so_far, results_json(*session.queries, run));
      print_json(invocation, so_far);
    }
    return interrupt_signal() > 0 ? 128 + interrupt_signal() : static_cast<int>(kFailed);
  }
  LOOM_TRY(nlohmann::json results, results_json(*session.queries, run));
  if (invocation.has("output_dir")) {
    LOOM_TRY(auto files, write_report(*session.queries, run, invocation.text("output_dir")));
    for (const auto& file : files) std::cerr << "Wrote " << file.string() << std::endl;
  }
  if (invocation.has("json")) {
    print_json(invocation, results);
  } else {
    print_scores(results);
  }
  for (const std::string& reason : failure_lines(results["failures"], kReasonsShown))
    std::cerr << reason << std::endl;
  return gated(*state == RunState::finished ? kFinished : kFailedSamples, invocation, results);
}

}  // namespace

Result<int> run_plan(const Invocation& invocation) {
  LOOM_CHECK(check_gate(invocation));
  LOOM_TRY(auto session, open_session(invocation));
  auto plan = plan_from(invocation, session->catalog);
  if (!plan) return refuse(invocation, plan.error());
  if (Status ready = check_run(*plan, session->environment); !ready)
    return refuse(invocation, ready.error());
  if (invocation.has("dry")) return print_estimate(*plan, *session, invocation);
  LOOM_TRY(int64_t run, start_run(*plan, session->environment));
  std::cerr << "Run " << run << ": " << plan->name << std::endl;
  return work_on(run, *session, invocation);
}

Result<int> resume_run(const Invocation& invocation) {
  LOOM_CHECK(check_gate(invocation));
  LOOM_TRY(auto session, open_session(invocation));
  int64_t run = 0;
  if (invocation.positional.empty()) {
    LOOM_TRY(run, session->store->latest_unfinished());
  } else {
    LOOM_TRY(run, run_number(invocation.positional.front()));
  }
  std::cerr << "Run " << run << std::endl;
  return work_on(run, *session, invocation);
}

}  // namespace loom::cli
