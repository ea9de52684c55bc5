// Where every finished sample becomes durable at once. SQLite in WAL mode; one writer thread
// inside, so callers never wait for the disk except in flush(). Nothing is ever overwritten.
#pragma once

#include <filesystem>
#include <memory>
#include <string>

#include "core/base/work_control.h"
#include "core/evaluation/run_summary.h"
#include "core/history/run_claim.h"

namespace loom {

enum class RunState {
  created,
  running,
  paused,
  finished,
  finished_with_failures,
  failed,
  cancelled
};
const char* to_string(RunState state);
bool is_finished(RunState state);  // every sample was asked, though some may have failed

struct DeviceRecord {
  std::string name, kind;  // "AMD EPYC", "cpu"
  size_t memory_bytes = 0;
  std::string program_version, torch_version, kernel_version;
};

class RunStore {
 public:
  // Creates or migrates the file. A newer schema, a locked, read-only, corrupt or full store is an
  // Error that says what to do; an existing file is never replaced.
  static Result<std::unique_ptr<RunStore>> open(const std::filesystem::path& file);
  // What is stored can be read, and every change is an Error. An older schema is refused: nothing
  // is migrated.
  static Result<std::unique_ptr<RunStore>> open_to_read(const std::filesystem::path& file);
  // Opens it; to read where a file that is there may not be written.
  static Result<std::unique_ptr<RunStore>> open_as_allowed(const std::filesystem::path& file);
  ~RunStore();
  bool is_read_only() const;

  Result<int64_t> create_run(const EvaluationPlan& plan, const std::vector<Job>& jobs);
  Result<EvaluationPlan> plan(int64_t run) const;
  // As they were when the run was made: a later registry may unroll the plan differently.
  Result<std::vector<Job>> jobs(int64_t run) const;
  // What the job's data turned out to hold.
  Status set_job_samples(int64_t run, int job, size_t samples);
  // The hash of the job's records. Conflict where other records have been answered for it.
  Status record_data(int64_t run, int job, const std::string& hash);
  Status set_state(int64_t run, RunState state, const std::string& message = "");
  // Held by whoever works on the run; Conflict while another process does.
  Result<RunClaim> claim(int64_t run) const;
  // Runs that are marked as running and that nobody has a claim on become paused: their process
  // was killed.
  Status pause_abandoned();
  // Conflict where another model has answered samples of the run under this number.
  Status record_model(int64_t run, int model, const std::string& loaded_model_json);
  Status record_device(int64_t run, const DeviceRecord& device);
  Status record_event(int64_t run, const std::string& kind, const std::string& text);
  // When a job was at work in this session; jobs at work at the same time count once for the run.
  // `remembered_s`: what the answers it took from earlier runs took there; counts for the job, so
  // that its latency is that of all its answers, and not for the run.
  Status add_job_time(int64_t run, int job, const std::vector<BusyTime>& busy,
                      double remembered_s = 0);
  // Durable when this returns. A sample with the same (run, job, index) that is already done is
  // kept and Conflict is returned.
  Status put_sample(int64_t run, const Sample& sample);
  Status put_score(int64_t run, int job, int index, const SampleScore& score);
  // Beside the sample's own score, which stays; the metric begins with kJudgeMetric.
  Status put_judgement(int64_t run, int job, int index, const SampleScore& score);
  // For tasks that only a judge can score: these verdicts become the job's scores, unless another
  // judge has given more.
  Status take_judgements(int64_t run, int job, const std::string& metric, int version);

  // The newest answer of this machine to the same request (Sample::identity), from whatever run.
  Result<std::optional<GenerationResult>> remembered_answer(const std::string& identity) const;

  // How long answers of a model (by LoadedModel::weights_hash) were on average, in tokens, for each
  // benchmark and task.
  struct AnswerLength {
    std::string benchmark, task;
    double tokens = 0;
  };
  Result<std::vector<AnswerLength>> answer_lengths(const std::string& weights_hash) const;

  // What resume needs: indices of finished samples per job.
  Result<std::vector<std::vector<int>>> finished_samples(int64_t run, size_t jobs) const;
  // Likewise, but not those that failed: they are to be asked again.
  Result<std::vector<std::vector<int>>> answered_samples(int64_t run, size_t jobs) const;
  // The newest of the runs that were at work; without one, of those that waited for it, that
  // failed, that were cancelled. Not found when every run is finished.
  Result<int64_t> latest_unfinished() const;
  // Failed samples of this and earlier sessions.
  Result<size_t> failed_samples(int64_t run) const;
  // An event that tells how many failed and why: their rows go when they are answered after all.
  Status record_failures(int64_t run);

  // Runs page. Deleting hides; purge removes those of the runs that are still deleted.
  Status rename(int64_t run, const std::string& name);
  Status set_tags(int64_t run, const std::vector<std::string>& tags);
  Status set_deleted(int64_t run, bool deleted);
  Result<std::vector<int64_t>> deleted_runs() const;
  Status purge(const std::vector<int64_t>& runs);
  // Copies one run from or to a bundle's database, as a new run. What comes in stays hidden until
  // it is whole, and other writers go between its samples; a process that dies half way leaves
  // what the next purge removes. A bundle's database of an older version is brought up to date
  // where it lies: the caller's own copy.
  Result<int64_t> import_run(const std::filesystem::path& other_store,
                             const WorkControl& control = {});
  Status export_run(int64_t run, const std::filesystem::path& new_store,
                    const WorkControl& control = {}) const;

 private:
  class Writer;
  explicit RunStore(std::unique_ptr<Writer> writer);
  std::unique_ptr<Writer> writer_;
};

}  // namespace loom
