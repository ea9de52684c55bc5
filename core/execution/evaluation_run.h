// Runs a plan: jobs → records → prompts → requests → results → scores, each finished sample stored
// at once. Stopping and starting again ends in the same scores. The run loop only orders named
// steps; each step is a function of its own file.
#pragma once

#include <functional>
#include <memory>
#include <stop_token>

#include "core/catalog/catalog.h"
#include "core/evaluation/run_summary.h"
#include "core/history/run_queries.h"
#include "core/history/run_store.h"
#include "core/servers/model_server.h"

namespace loom {

// Told on the thread that runs the plan; receivers coalesce. Plain values only.
struct RunProgress {
  int64_t run = 0;
  int job = -1;  // the job at work
  size_t jobs = 0;
  std::string job_title;  // "RULER · niah_single_1 · 4096"
  size_t job_done = 0, job_planned = 0;
  size_t samples_done = 0, samples_planned = 0, failed = 0, truncated = 0;
  size_t remembered = 0;                       // answers taken from earlier runs
  double tokens_done = 0, tokens_planned = 0;  // of prompts, reused ones too
  double share = 0;                            // of the work, 0…1; never steps back
  double tokens_per_second = 0, elapsed_s = 0;  // rate since the start
  double tokens_computed = 0;  // prompt and answer tokens so far: rates over a moment
  std::optional<double> remaining_s;
  size_t peak_memory_bytes = 0;
};
struct RunObserver {
  std::function<void(const RunProgress&)> progress = [](const RunProgress&) {};
  std::function<void(int job, const Sample& sample)> sample_started = [](int, const Sample&) {};
  // Samples that share a document are answered together: pieces of several arrive in turn.
  std::function<void(int job, int index, const std::string& piece)> token =
      [](int, int, const std::string&) {};
  std::function<void(int job, const Sample& sample)> sample_finished = [](int, const Sample&) {};
  std::function<void(const std::string& notice)> notice = [](const std::string&) {};
};

struct RunEnvironment {
  const Catalog* catalog = nullptr;
  RunStore* store = nullptr;
  std::filesystem::path data_folder;  // official files the user has, one folder per benchmark
  std::vector<std::filesystem::path> model_folders;
  // Makes the server for (server id, device).
  std::function<Result<std::unique_ptr<ModelServer>>(const PlanMethod&, const std::string& device)>
      make_server;
  // While it returns true the run waits between samples.
  std::function<bool()> paused = [] { return false; };
};

// Which samples of a stored run are asked. A failed one that is asked again keeps its failure until
// it has an answer; why it failed stays among the run's events.
enum class Asked { unfinished, unfinished_and_failed };
// Runs what is not finished of a stored run. The returned state is also stored.
Result<RunState> continue_run(int64_t run, const RunEnvironment& environment,
                              const RunObserver& observer, std::stop_token stop,
                              Asked asked = Asked::unfinished);
// Whether the plan can begin: it is sound, its models are on this disk and give answers, and its
// chat templates can be read.
Status check_run(const EvaluationPlan& plan, const RunEnvironment& environment);
// Checks the plan and stores a run of it, which continue_run works on.
Result<int64_t> start_run(const EvaluationPlan& plan, const RunEnvironment& environment);
// Scores stored predictions again with the present metric versions; older scores stay beside them.
Status score_again(int64_t run, const RunQueries& queries, const RunEnvironment& environment);

}  // namespace loom
