#include "core/history/run_store.h"

#include <array>
#include <thread>

#include "core/base/json_text.h"
#include "core/evaluation/mean_rules.h"
#include "core/history/busy_rows.h"
#include "core/history/judged_rows.h"
#include "core/history/migrations.h"
#include "core/history/recorded_identity.h"
#include "core/history/run_rows.h"
#include "core/history/run_store_writer.h"
#include "core/history/sample_rows.h"
#include "core/history/summary_rows.h"

namespace loom {
namespace {

constexpr std::array kStates = {
    "created", "running", "paused", "finished", "finished_with_failures", "failed", "cancelled"};

// The mean that the Runs page lists: by the rule of the run's rule set, of the first column.
Status store_mean(Database& database, int64_t run) {
  LOOM_TRY(RunSummary summary, read_summary(database, run));
  LOOM_TRY(EvaluationPlan plan, read_stored_plan(database, run));
  if (summary.columns.empty()) return {};
  const MeanRule rule = default_mean_rule(plan.rule_set);
  return database.run("UPDATE run SET mean=? WHERE id=?",
                      mean_by(rule, summary.jobs, summary.columns.front()), run);
}

bool ended(RunState state) {
  return state != RunState::created && state != RunState::running;
}

using Ids = std::vector<int64_t>;

Result<Ids> read_ids(Database& database, const std::string& sql) {
  LOOM_TRY(Statement row, database.query(sql));
  Ids ids;
  for (;;) {
    LOOM_TRY(bool more, row.step());
    if (!more) return ids;
    ids.push_back(row.integer(0));
  }
}

Status must_exist(Database& database, int64_t run) {
  return database.changes() > 0 ? Status() : Status(no_such_run(run));
}

}  // namespace

bool is_finished(RunState state) {
  return state == RunState::finished || state == RunState::finished_with_failures;
}

const char* to_string(RunState state) {
  return kStates.at(static_cast<size_t>(state));
}

RunStore::RunStore(std::unique_ptr<Writer> writer) : writer_(std::move(writer)) {}
RunStore::~RunStore() = default;

Result<std::unique_ptr<RunStore>> RunStore::open(const std::filesystem::path& file) {
  LOOM_TRY(auto database, Database::open(file, Database::Mode::create));
  LOOM_CHECK(migrate(*database));
  return std::unique_ptr<RunStore>(new RunStore(std::make_unique<Writer>(std::move(database))));
}

Result<std::unique_ptr<RunStore>> RunStore::open_to_read(const std::filesystem::path& file) {
  LOOM_TRY(auto database, Database::open(file, Database::Mode::query));
  LOOM_CHECK(check_version(*database));
  return std::unique_ptr<RunStore>(new RunStore(std::make_unique<Writer>(std::move(database))));
}

Result<std::unique_ptr<RunStore>> RunStore::open_as_allowed(const std::filesystem::path& file) {
  auto store = open(file);
  std::error_code failed;
  if (store || store.error().kind != ErrorKind::io || !std::filesystem::exists(file, failed))
    return store;
  auto read = open_to_read(file);
  // Where it cannot be read for the same reason, what would let it be written is of more use.
  return read || read.error().kind != ErrorKind::io ? std::move(read) : std::move(store);
}

bool RunStore::is_read_only() const {
  return writer_->read_only;
}

Result<int64_t> RunStore::create_run(const EvaluationPlan& plan, const std::vector<Job>& jobs) {
  return writer_->thread.value<int64_t>(
      [&](Database& database) { return insert_run(database, plan, jobs); });
}

Result<EvaluationPlan> RunStore::plan(int64_t run) const {
  return writer_->thread.value<EvaluationPlan>(
      [&](Database& database) { return read_stored_plan(database, run); });
}

Result<std::vector<Job>> RunStore::jobs(int64_t run) const {
  return writer_->thread.value<std::vector<Job>>(
      [&](Database& database) { return read_stored_jobs(database, run); });
}

Status RunStore::set_state(int64_t run, RunState state, const std::string& message) {
  return writer_->thread.run([&](Database& database) -> Status {
    LOOM_CHECK(database.run("UPDATE run SET state=?,message=? WHERE id=?", static_cast<int>(state),
                            message, run));
    LOOM_CHECK(must_exist(database, run));
    return ended(state) ? store_mean(database, run) : Status();
  });
}

Result<RunClaim> RunStore::claim(int64_t run) const {
  // Another process may hold it for an instant, in pause_abandoned.
  constexpr int attempts = 20;
  for (int attempt = 1;; ++attempt) {
    auto claim = RunClaim::take(writer_->file, run);
    if (claim || claim.error().kind != ErrorKind::conflict || attempt == attempts) return claim;
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
}

Status RunStore::pause_abandoned() {
  LOOM_TRY(auto running, writer_->thread.value<Ids>([](Database& database) {
    return read_ids(database, "SELECT id FROM run WHERE deleted=0 AND state=" +
                                  std::to_string(static_cast<int>(RunState::running)));
  }));
  for (int64_t run : running) {
    auto claim = RunClaim::take(writer_->file, run);
    if (!claim) continue;  // somebody works on it, or nobody can tell
    LOOM_CHECK(writer_->thread.run([run](Database& database) -> Status {
      LOOM_CHECK(database.run("UPDATE run SET state=? WHERE id=? AND state=?",
                              static_cast<int>(RunState::paused), run,
                              static_cast<int>(RunState::running)));
      return store_mean(database, run);
    }));
  }
  return {};
}

Status RunStore::record_model(int64_t run, int model, const std::string& description) {
  return writer_->thread.run([&](Database& database) -> Status {
    LOOM_CHECK(check_same_model(database, run, model, description));
    return database.run("INSERT OR REPLACE INTO model VALUES(?,?,?)", run, model, description);
  });
}

Status RunStore::record_data(int64_t run, int job, const std::string& hash) {
  if (hash.empty()) return {};
  return writer_->thread.run(
      [&](Database& database) { return record_data_hash(database, run, job, hash); });
}

Status RunStore::record_device(int64_t run, const DeviceRecord& device) {
  return writer_->thread.run([&](Database& database) {
    return database.run("INSERT OR IGNORE INTO device VALUES(?,?,?,?,?,?,?)", run, device.name,
                        device.kind, device.memory_bytes, device.program_version,
                        device.torch_version, device.kernel_version);
  });
}

Status RunStore::record_event(int64_t run, const std::string& kind, const std::string& text) {
  return writer_->thread.run(
      [&](Database& database) { return insert_event(database, run, kind, text); });
}

Status RunStore::set_job_samples(int64_t run, int job, size_t samples) {
  return writer_->thread.run([&](Database& database) -> Status {
    LOOM_CHECK(database.run(
        "UPDATE job SET definition=json_set(definition,'$.samples',?) WHERE run=? AND idx=?",
        samples, run, job));
    return database.run(
        "UPDATE run SET samples_planned=(SELECT sum(json_extract(definition,'$.samples')) FROM job "
        "WHERE run=?) WHERE id=?",
        run, run);
  });
}

Status RunStore::add_job_time(int64_t run, int job, const std::vector<BusyTime>& busy,
                              double remembered_s) {
  return writer_->thread.run(
      [&](Database& database) { return add_busy_times(database, run, job, busy, remembered_s); });
}

Status RunStore::take_judgements(int64_t run, int job, const std::string& metric, int version) {
  return writer_->thread.run([&](Database& database) -> Status {
    LOOM_CHECK(take_verdicts(database, run, job, metric, version));
    return store_mean(database, run);
  });
}

Result<int64_t> RunStore::latest_unfinished() const {
  return writer_->thread.value<int64_t>([](Database& database) -> Result<int64_t> {
    // In this order; what still runs, runs in another process.
    for (RunState state : {RunState::paused, RunState::created, RunState::failed,
                           RunState::cancelled, RunState::running}) {
      LOOM_TRY(int64_t run, database.number("SELECT max(id) FROM run WHERE deleted=0 AND state=?",
                                            static_cast<int>(state)));
      if (run != 0) return run;
    }
    return Error{ErrorKind::not_found, "every run is finished", "history",
                 "loomscope-cli ls lists the runs"};
  });
}

Status RunStore::rename(int64_t run, const std::string& name) {
  return writer_->thread.run([&](Database& database) -> Status {
    LOOM_CHECK(database.run("UPDATE run SET name=? WHERE id=?", name, run));
    LOOM_CHECK(must_exist(database, run));
    return index_run(database, run);
  });
}

Status RunStore::set_tags(int64_t run, const std::vector<std::string>& tags) {
  return writer_->thread.run([&](Database& database) -> Status {
    LOOM_CHECK(database.run("UPDATE run SET tags=? WHERE id=?", json_text(tags), run));
    LOOM_CHECK(must_exist(database, run));
    return index_run(database, run);
  });
}

Status RunStore::set_deleted(int64_t run, bool deleted) {
  return writer_->thread.run([&](Database& database) -> Status {
    LOOM_CHECK(database.run("UPDATE run SET deleted=? WHERE id=?", deleted, run));
    return must_exist(database, run);
  });
}

Result<std::vector<int64_t>> RunStore::deleted_runs() const {
  return writer_->thread.value<Ids>(
      [](Database& database) { return read_ids(database, "SELECT id FROM run WHERE deleted=1"); });
}

Status RunStore::purge(const std::vector<int64_t>& runs) {
  for (int64_t run : runs) {
    auto claim = RunClaim::take(writer_->file, run);
    if (!claim) continue;  // on its way in from a bundle
    LOOM_CHECK(writer_->thread.run([this, run](Database& database) {
      writer_->last = {};  // may be one of the documents that go
      return purge_run(database, run);
    }));
  }
  return {};
}

}  // namespace loom
