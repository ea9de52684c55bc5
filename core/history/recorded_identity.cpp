#include "core/history/recorded_identity.h"

#include <nlohmann/json.hpp>

#include "core/history/summary_rows.h"

namespace loom {
namespace {

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

}  // namespace

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

Status record_data_hash(Database& database, int64_t run, int job, const std::string& hash) {
  std::string before;
  {
    LOOM_TRY(Statement row, database.query("SELECT json_extract(definition,'$.data_hash') FROM job "
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
      "UPDATE job SET definition=json_set(definition,'$.data_hash',?) WHERE run=? AND idx=?", hash,
      run, job);
}

}  // namespace loom
