#include "core/history/judged_rows.h"

#include <algorithm>

#include "core/base/bounded_json.h"
#include "core/history/summary_rows.h"

namespace loom {
namespace {

using nlohmann::json;

struct Verdicts {
  Job job;
  std::vector<ScoredSample> samples;
};

ScoredSample sample_of(const Statement& row) {
  ScoredSample sample;
  sample.value = row.optional_real(3);
  sample.parts = parse_bounded(row.text(4));
  sample.truncated = row.integer(5) != 0;
  return sample;
}

Result<std::vector<Verdicts>> read_verdicts(Database& database, int64_t run,
                                            const RunSummary& summary) {
  LOOM_TRY(Statement row,
           database.query("SELECT s.job,c.metric,c.version,c.value,c.parts,s.truncated "
                          "FROM sample s JOIN score c ON c.sample=s.id "
                          "WHERE s.run=? AND s.state=? AND substr(c.metric,1,length(?))=? "
                          "ORDER BY s.job,c.metric,c.version,s.idx",
                          run, static_cast<int>(SampleState::done), kJudgeMetric, kJudgeMetric));
  std::vector<Verdicts> all;
  for (;;) {
    LOOM_TRY(bool more, row.step());
    if (!more) return all;
    const auto at = static_cast<size_t>(row.integer(0));
    if (at >= summary.jobs.size()) continue;
    const std::string metric = row.text(1);
    const auto version = static_cast<int>(row.integer(2));
    if (all.empty() || all.back().job.index != static_cast<int>(at) ||
        all.back().job.metric != metric || all.back().job.judge_version != version) {
      all.push_back({summary.jobs[at].job, {}});
      all.back().job.metric = metric;
      all.back().job.judge_version = version;
    }
    all.back().samples.push_back(sample_of(row));
  }
}

Result<int64_t> count_verdicts(Database& database, int64_t run, int job, const std::string& metric,
                               int version) {
  return database.number(
      "SELECT count(c.value) FROM sample s JOIN score c ON c.sample=s.id "
      "WHERE s.run=? AND s.job=? AND s.state=? AND c.metric=? AND c.version=?",
      run, job, static_cast<int>(SampleState::done), metric, version);
}

// Another judge's verdicts that stand already and are more.
Result<bool> has_more_of_another(Database& database, int64_t run, int job, int64_t count) {
  LOOM_TRY(Statement row,
           database.query("SELECT coalesce(json_extract(definition,'$.judged.metric'),''),"
                          "json_extract(definition,'$.judged.version') FROM job "
                          "WHERE run=? AND idx=?",
                          run, job));
  LOOM_TRY(bool found, row.step());
  if (!found) return no_such_run(run);
  const std::string metric = row.text(0);
  if (metric.empty()) return false;
  LOOM_TRY(const int64_t standing,
           count_verdicts(database, run, job, metric, static_cast<int>(row.integer(1))));
  return standing > count;
}

}  // namespace

Result<std::vector<JudgedJob>> read_judged(Database& database, int64_t run) {
  LOOM_TRY(const EvaluationPlan plan, read_stored_plan(database, run));
  LOOM_TRY(const RunSummary summary, read_summary(database, run));
  LOOM_TRY(const auto verdicts, read_verdicts(database, run, summary));
  std::vector<JudgedJob> jobs;
  for (const Verdicts& one : verdicts) {
    const JobSummary& own = summary.jobs[static_cast<size_t>(one.job.index)];
    JudgedJob job;
    job.judged = summarise_judged(one.job, one.samples, one.job.official_samples, plan.seed);
    job.judged.summary.model_name = own.model_name;
    job.judged.summary.server = own.server;
    job.judged.summary.augmentation = own.augmentation;
    job.stands = own.job.metric == one.job.metric && own.job.judge_version == one.job.judge_version;
    jobs.push_back(std::move(job));
  }
  return jobs;
}

Status take_verdicts(Database& database, int64_t run, int job, const std::string& metric,
                     int version) {
  if (!metric.starts_with(kJudgeMetric) || version < 1)
    return Error{ErrorKind::internal, "is not a metric of a judge", metric, ""};
  LOOM_TRY(const int64_t count, count_verdicts(database, run, job, metric, version));
  if (count == 0) return {};
  LOOM_TRY(const bool more, has_more_of_another(database, run, job, count));
  if (more) return {};
  LOOM_CHECK(
      database.run("UPDATE job SET definition=json_set(definition,'$.judged',"
                   "json_object('metric',?,'version',?)) WHERE run=? AND idx=?",
                   metric, version, run, job));
  return database.run(
      "UPDATE sample SET score=(SELECT value FROM score WHERE score.sample=sample.id AND metric=? "
      "AND version=?) WHERE run=? AND job=?",
      metric, version, run, job);
}

}  // namespace loom
