#include <dlfcn.h>

#include <filesystem>
#include <iostream>
#include <set>

#include "app/cli/estimate.h"
#include "app/cli/failure_lines.h"
#include "app/cli/gate.h"
#include "app/cli/interrupt.h"
#include "app/cli/model_inputs.h"
#include "app/cli/plan_flags.h"
#include "app/cli/progress_line.h"
#include "app/cli/session.h"
#include "app/cli/verbs.h"
#include "core/base/device_name.h"
#include "core/base/printable_text.h"
#include "core/export/run_export.h"

namespace loom::cli {
namespace fs = std::filesystem;
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

std::string quoted(const std::string& text) {
  std::string quoted;
  for (char c : text) quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return '\'' + quoted + '\'';
}

// What `resume` needs to find, from whatever folder, the history, data and models of this run, and
// to end as it would have ended.
std::string resume_options(const Invocation& invocation) {
  std::string options;
  for (const char* name : {"store", "output_dir", "data_folder", "models_folder"}) {
    std::string places;
    for (const std::string& place : invocation.texts(name)) {
      std::error_code failed;
      const fs::path whole = fs::absolute(place, failed);
      places += ' ' + quoted(failed ? place : whole.string());
    }
    if (!places.empty()) options += std::string(" --") + name + places;
  }
  for (const char* name : {"memory_limit", "min_score"})
    if (invocation.has(name))
      options += std::string(" --") + name + ' ' + quoted(invocation.text(name));
  if (invocation.has("failed")) options += " --failed";
  return options;
}

// Where no GPU can be reached, every sample would fail for that one reason.
Status check_drivers(const EvaluationPlan& plan) {
  for (size_t i = 0; i < plan.devices.size(); ++i) {
    const auto group = parse_devices(plan.devices[i]);
    if (!group || group->empty() || group->front().is_cpu()) continue;
    void* driver = dlopen("libcuda.so.1", RTLD_LAZY | RTLD_LOCAL);
    if (!driver)
      return Error{ErrorKind::unsupported,
                   "this machine has no NVIDIA driver for " + plan.devices[i],
                   "devices[" + std::to_string(i) + "]",
                   "Use --device cpu, or install the system's NVIDIA driver"};
    dlclose(driver);
  }
  return {};
}

// A run may take hours: what could not be kept at its end is refused before.
Status check_output_dir(const Invocation& invocation) {
  if (!invocation.has("output_dir")) return {};
  return check_output((fs::path(invocation.text("output_dir")) / "results.json").string());
}

// Works on a stored run until it ends or is stopped, then prints it and writes the report.
Result<int> work_on(int64_t run, Session& session, const Invocation& invocation,
                    Asked asked = Asked::unfinished) {
  ProgressLine line;
  auto state = continue_run(run, session.environment, line.observer(), interrupt_token(), asked);
  line.close();
  if (!state) return state.error();
  if (*state == RunState::paused) {
    std::cerr << "Stopped; every finished sample is kept. Go on with: loomscope-cli resume " << run
              << resume_options(invocation) << std::endl;
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
  const bool dry = invocation.has("dry");
  LOOM_TRY(auto session, dry ? open_to_estimate(invocation) : open_session(invocation));
  auto plan = plan_from(invocation, session->catalog);
  if (!plan) return refuse(invocation, plan.error());
  if (Status ready = check_run(*plan, session->environment); !ready)
    return refuse(invocation, ready.error());
  if (dry) return print_estimate(*plan, *session, invocation);
  if (Status able = check_drivers(*plan); !able) return refuse(invocation, able.error());
  if (Status kept = check_output_dir(invocation); !kept) return refuse(invocation, kept.error());
  LOOM_TRY(int64_t run, start_run(*plan, session->environment));
  std::cerr << "Run " << run << ": " << printable_line(plan->name) << std::endl;
  return work_on(run, *session, invocation);
}

Result<int> resume_run(const Invocation& invocation) {
  LOOM_CHECK(check_gate(invocation));
  LOOM_TRY(auto session, open_stored(invocation));
  int64_t run = 0;
  const bool failed_too = invocation.has("failed");
  if (invocation.positional.empty()) {
    // The latest unfinished run is seldom the one whose failures are meant.
    if (failed_too)
      return refuse(invocation, {ErrorKind::invalid_input, "--failed needs the number of a run",
                                 "resume", "loomscope-cli ls lists the runs"});
    LOOM_TRY(run, session->store->latest_unfinished());
  } else {
    LOOM_TRY(run, run_number(invocation.positional.front()));
  }
  if (Status kept = check_output_dir(invocation); !kept) return refuse(invocation, kept.error());
  std::cerr << "Run " << run << std::endl;
  return work_on(run, *session, invocation,
                 failed_too ? Asked::unfinished_and_failed : Asked::unfinished);
}

}  // namespace loom::cli
