#include "core/history/run_store.h"

#include <array>
#include <ctime>
#include <thread>

#include "core/base/json_text.h"
#include "core/evaluation/mean_rules.h"
#include "core/evaluation/model_name.h"
#include "core/history/busy_rows.h"
#include "core/history/judged_rows.h"
#include "core/history/migrations.h"
#include "core/history/run_store_writer.h"
#include "core/history/sample_rows.h"
#include "core/history/summary_rows.h"

namespace loom {
namespace {

constexpr std::array kStates = {
    "created", "running", "paused", "finished", "finished_with_failures", "failed", "cancelled"};

// By what a model's answers are its own. What was or is not known says nothing.
bool are_different_models(const std::string& recorded, const std::string& loaded) {
  const auto before = nlohmann::json::parse(recorded, nullptr, false);
  const auto now = nlohmann::json::parse(loaded, nullptr, false);
  auto text = [](const nlohmann::json& json, const char* field) {
    const auto found = json.is_object() ? json.find(field) : json.end();
    return json.is_object() && found != json.end() && found->is_string() ? found->get<std::string>()
                                                                         : std::string();
  };
  for (const char* field : {"weights_hash", "tokenizer_hash", "chat_template_hash"}) {
    const std::string one = text(before, field), other = text(now, field);
    if (!one.empty() && !other.empty() && one != other) return true;
  }
  return false;
}

Result<int64_t> answers_of(Database& database, int64_t run, int job) {
  return database.number("SELECT count(*) FROM sample WHERE run=? AND job=? AND state=?", run, job,
                         static_cast<int>(SampleState::done));
}

// A run that goes on with other weights under the old name would be no measurement of either.
Status check_same_model(Database& database, int64_t run, int model,
                        const std::string& description) {
  std::string recorded;
  {
    LOOM_TRY(Statement row,
             database.query("SELECT description FROM model WHERE run=? AND idx=?", run, model));
    LOOM_TRY(const bool found, row.step());
    if (found) recorded = row.text(0);
  }
  if (!are_different_models(recorded, description)) return {};
  LOOM_TRY(const auto jobs, read_stored_jobs(database, run));
  int64_t answers = 0;
  for (const Job& job : jobs) {
    if (job.model != model) continue;
    LOOM_TRY(const int64_t done, answers_of(database, run, job.index));
    answers += done;
  }
  if (answers == 0) return {};
  return Error{ErrorKind::conflict,
               "the model, its tokenizer or its chat template has changed since it gave " +
                   std::to_string(answers) + " answers of this run",
               "run " + std::to_string(run),
               "Put it back as it was and resume, or begin a new run of the plan"};
}

std::string now_utc() {
  std::time_t now = std::time(nullptr);
  std::tm utc{};
  gmtime_r(&now, &utc);
  std::array<char, 32> text{};
  std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%SZ", &utc);
  return text.data();
}

nlohmann::json names_of(const EvaluationPlan& plan) {
  nlohmann::json names = nlohmann::json::array();
  for (const PlanModel& model : plan.models) names.push_back(model_name(model));
  return names;
}

nlohmann::json benchmarks_of(const EvaluationPlan& plan) {
  nlohmann::json ids = nlohmann::json::array();
  for (const PlanBenchmark& benchmark : plan.benchmarks) ids.push_back(benchmark.id);
  return ids;
}

Status index_run(Database& database, int64_t run) {
  LOOM_CHECK(database.run("DELETE FROM run_text WHERE rowid=?", run));
  return database.run(
      "INSERT INTO run_text(rowid,name,models,benchmarks,tags) "
      "SELECT id,name,models,benchmarks,tags FROM run WHERE id=?",
      run);
}

Result<int64_t> insert_run(Database& database, const EvaluationPlan& plan,
                           const std::vector<Job>& jobs) {
  size_t planned = 0;
  for (const Job& job : jobs) planned += job.samples;
  LOOM_CHECK(database.run(
      "INSERT INTO run(name,created,state,message,plan,fingerprint,models,benchmarks,tags,"
      "samples_planned) VALUES(?,?,?,'',?,?,?,?,?,?)",
      plan.name, now_utc(), static_cast<int>(RunState::created), json_text(to_json(plan)),
      fingerprint(plan), json_text(names_of(plan)), json_text(benchmarks_of(plan)),
      json_text(plan.tags), planned));
  int64_t run = database.last_id();
  for (const Job& job : jobs)
    LOOM_CHECK(database.run("INSERT INTO job(run,idx,definition) VALUES(?,?,?)", run, job.index,
                            job_definition(job)));
  LOOM_CHECK(index_run(database, run));
  return run;
}

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

// Documents are shared between runs; those of no other run go with this one.
Status purge_run(Database& database, int64_t run) {
  LOOM_TRY(int64_t deleted, database.number("SELECT deleted FROM run WHERE id=?", run));
  if (deleted == 0) return {};
  LOOM_CHECK(
      database.script("CREATE TEMP TABLE IF NOT EXISTS purged(id INTEGER PRIMARY KEY);"
                      "DELETE FROM purged"));
  LOOM_CHECK(
      database.run("INSERT INTO purged SELECT DISTINCT document FROM sample "
                   "WHERE run=? AND document IS NOT NULL",
                   run));
  LOOM_CHECK(database.run("DELETE FROM run_text WHERE rowid=?", run));
  LOOM_CHECK(database.run("DELETE FROM run WHERE id=?", run));
  return database.script(
      "DELETE FROM document WHERE id IN(SELECT id FROM purged) AND NOT EXISTS"
      "(SELECT 1 FROM sample WHERE sample.document=document.id)");
}

Status must_exist(Database& database, int64_t run) {
  return database.changes() > 0 ? Status() : Status(no_such_run(run));
}

}  // namespace

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
  return writer_->thread.run([&](Database& database) -> Status {
    std::string before;
    {
      LOOM_TRY(Statement row,
               database.query("SELECT json_extract(definition,'$.data_hash') FROM job "
                              "WHERE run=? AND idx=?",
                              run, job));
      LOOM_TRY(const bool found, row.step());
      if (found) before = row.text(0);
    }
    if (before == hash) return {};
    LOOM_TRY(const int64_t answers, answers_of(database, run, job));
    if (answers > 0 && !before.empty())
      return Error{ErrorKind::conflict,
                   "the data has changed since " + std::to_string(answers) +
                       " samples of it were answered in this run",
                   "run " + std::to_string(run) + ", job " + std::to_string(job + 1),
                   "Put the files back as they were and resume, or begin a new run of the plan"};
    return database.run(
        "UPDATE job SET definition=json_set(definition,'$.data_hash',?) WHERE run=? AND idx=?",
        hash, run, job);
  });
}

Status RunStore::record_device(int64_t run, const DeviceRecord& device) {
  return writer_->thread.run([&](Database& database) {
    return database.run("INSERT OR IGNORE INTO device VALUES(?,?,?,?,?,?,?)", run, device.name,
                        device.kind, device.memory_bytes, device.program_version,
                        device.torch_version, device.kernel_version);
  });
}

Status RunStore::record_event(int64_t run, const std::string& kind, const std::string& text) {
  return writer_->thread.run([&](Database& database) {
    return database.run("INSERT INTO event(run,time,kind,text) VALUES(?,?,?,?)", run, now_utc(),
                        kind, text);
  });
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
