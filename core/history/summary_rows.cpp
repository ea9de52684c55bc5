#include "core/history/summary_rows.h"

#include <algorithm>

#include "core/metrics/metric.h"

namespace loom {
namespace {

using nlohmann::json;

Result<Job> job_from(const std::string& definition) {
  try {
    json object = json::parse(definition);
    Job job;
    job.index = object.at("index").get<int>();
    job.model = object.at("model").get<int>();
    job.server = object.at("server").get<int>();
    job.augmentation = object.at("augmentation").get<int>();
    job.benchmark = object.at("benchmark").get<int>();
    job.benchmark_id = object.at("benchmark_id").get<std::string>();
    job.task = object.at("task").get<std::string>();
    job.capability = object.at("capability").get<std::string>();
    job.metric = object.at("metric").get<std::string>();
    job.group = object.value("group", "");  // absent in runs of older versions
    job.length_tokens = object.at("length_tokens").get<size_t>();
    job.samples = object.at("samples").get<size_t>();
    job.official_samples = object.at("official_samples").get<size_t>();
    return job;
  } catch (const json::exception& problem) {
    return Error{ErrorKind::corrupt, problem.what(), "job of the history", ""};
  }
}

struct JobRow {
  Job job;
  double wall_s = 0;
  std::vector<ScoredSample> samples;
};

Result<std::vector<JobRow>> read_jobs(Database& database, int64_t run, const EvaluationPlan& plan) {
  std::vector<JobRow> jobs;
  LOOM_TRY(Statement row,
           database.query("SELECT definition,wall_s FROM job WHERE run=? ORDER BY idx", run));
  for (;;) {
    LOOM_TRY(bool more, row.step());
    if (!more) return jobs;
    LOOM_TRY(Job job, job_from(row.text(0)));
    auto inside = [](int index, size_t size) {
      return index >= 0 && static_cast<size_t>(index) < size;
    };
    if (job.index != static_cast<int>(jobs.size()) || !inside(job.model, plan.models.size()) ||
        !inside(job.server, plan.servers.size()) ||
        !inside(job.augmentation, plan.augmentations.size()))
      return Error{ErrorKind::corrupt, "a job does not belong to its plan",
                   "run " + std::to_string(run), ""};
    jobs.push_back({std::move(job), row.real(1), {}});
  }
}

Status read_samples(Database& database, int64_t run, std::vector<JobRow>& jobs) {
  LOOM_TRY(Statement row,
           database.query("SELECT job,state,score,truncated,tokenise_s,prefill_new_s,"
                          "prefill_reused_s,decode_s,tokens_prefilled,tokens_reused,"
                          "tokens_generated,peak_memory_bytes,remembered FROM sample s "
                          "LEFT JOIN timing t ON t.sample=s.id LEFT JOIN prediction p ON "
                          "p.sample=s.id WHERE run=? ORDER BY job,idx",
                          run));
  for (;;) {
    LOOM_TRY(bool more, row.step());
    if (!more) return {};
    auto job = static_cast<size_t>(row.integer(0));
    if (job >= jobs.size()) continue;
    ScoredSample sample;
    sample.state = static_cast<SampleState>(std::clamp<int64_t>(row.integer(1), 0, 3));
    sample.value = row.optional_real(2);
    sample.truncated = row.integer(3) != 0;
    sample.timings = {row.real(4), row.real(5), row.real(6), row.real(7)};
    sample.tokens_prefilled = row.size(8);
    sample.tokens_reused = row.size(9);
    sample.tokens_generated = row.size(10);
    sample.peak_memory_bytes = row.size(11);
    sample.remembered = row.integer(12) != 0;
    jobs[job].samples.push_back(sample);
  }
}

// Parts of the scores, for the jobs whose metric scores the whole task from them.
Status read_parts(Database& database, int64_t run, std::vector<JobRow>& jobs) {
  for (JobRow& job : jobs) {
    auto metric = find_metric(job.job.metric);
    if (!metric || !(*metric)->whole) continue;
    LOOM_TRY(
        Statement row,
        database.query("SELECT (SELECT parts FROM score WHERE sample=s.id AND metric=? ORDER BY "
                       "version DESC LIMIT 1) FROM sample s WHERE run=? AND job=? ORDER BY idx",
                       job.job.metric, run, job.job.index));
    for (ScoredSample& sample : job.samples) {
      LOOM_TRY(bool more, row.step());
      if (!more) break;
      json parts = json::parse(row.text(0), nullptr, false);
      sample.parts = parts.is_object() ? std::move(parts) : json::object();
    }
  }
  return {};
}

}  // namespace

Error no_such_run(int64_t run) {
  return {ErrorKind::not_found, "there is no run " + std::to_string(run), "history",
          "loomscope-cli ls lists the runs"};
}

std::string job_definition(const Job& job) {
  return json{{"index", job.index},
              {"model", job.model},
              {"server", job.server},
              {"augmentation", job.augmentation},
              {"benchmark", job.benchmark},
              {"benchmark_id", job.benchmark_id},
              {"task", job.task},
              {"capability", job.capability},
              {"metric", job.metric},
              {"group", job.group},
              {"length_tokens", job.length_tokens},
              {"samples", job.samples},
              {"official_samples", job.official_samples}}
      .dump();
}

Result<EvaluationPlan> read_stored_plan(Database& database, int64_t run) {
  LOOM_TRY(Statement row, database.query("SELECT plan FROM run WHERE id=?", run));
  LOOM_TRY(bool found, row.step());
  if (!found) return no_such_run(run);
  json plan = json::parse(row.text(0), nullptr, false);
  return plan_from_json(plan);
}

Result<RunSummary> read_summary(Database& database, int64_t run) {
  LOOM_TRY(EvaluationPlan plan, read_stored_plan(database, run));
  LOOM_TRY(auto jobs, read_jobs(database, run, plan));
  LOOM_CHECK(read_samples(database, run, jobs));
  LOOM_CHECK(read_parts(database, run, jobs));
  std::vector<JobSummary> summaries;
  for (const JobRow& job : jobs) {
    auto metric = find_metric(job.job.metric);
    summaries.push_back(summarise_job(
        job.job, job.samples, metric && (*metric)->binary, job.job.official_samples, plan.seed,
        metric ? (*metric)->whole : nullptr, metric && (*metric)->lower_is_better));
    summaries.back().wall_s = job.wall_s;
  }
  return summarise_run(plan, std::move(summaries));
}

}  // namespace loom
