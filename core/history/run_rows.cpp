#include "core/history/run_rows.h"

#include <array>
#include <ctime>

#include "core/base/json_text.h"
#include "core/evaluation/model_name.h"
#include "core/history/run_store.h"
#include "core/history/summary_rows.h"

namespace loom {
namespace {

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

}  // namespace

std::string now_utc() {
  std::time_t now = std::time(nullptr);
  std::tm utc{};
  gmtime_r(&now, &utc);
  std::array<char, 32> text{};
  std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%SZ", &utc);
  return text.data();
}

Status insert_event(Database& database, int64_t run, const std::string& kind,
                    const std::string& text) {
  return database.run("INSERT INTO event(run,time,kind,text) VALUES(?,?,?,?)", run, now_utc(), kind,
                      text);
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

}  // namespace loom
