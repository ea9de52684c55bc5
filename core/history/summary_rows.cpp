#include "core/history/summary_rows.h"

#include <algorithm>
#include <map>

#include "core/base/bounded_json.h"
#include "core/catalog/rule_sets.h"
#include "core/evaluation/judged_summary.h"
#include "core/history/busy_rows.h"
#include "core/history/job_rows.h"
#include "core/metrics/metric.h"

namespace loom {
namespace {

using nlohmann::json;

Result<Job> job_from(const std::string& definition) {
  try {
    const json object = parse_bounded(definition);
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
    job.pool = object.value("pool", false);
    job.length_tokens = object.at("length_tokens").get<size_t>();
    job.samples = object.at("samples").get<size_t>();
    job.limit = object.value("limit", job.samples);  // what older versions took the number for
    job.official_samples = object.at("official_samples").get<size_t>();
    for (const json& breakdown : object.value("breakdowns", json::array()))
      job.breakdowns.push_back(breakdown_from(breakdown));
    if (const auto judged = object.find("judged"); judged != object.end()) {
      job.metric = judged->at("metric").get<std::string>();
      job.judge_version = judged->at("version").get<int>();
    }
    return job;
  } catch (const json::exception& problem) {
    return Error{ErrorKind::corrupt, problem.what(), "job of the history", ""};
  }
}

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
    jobs.push_back({std::move(job), row.real(1), {}, {}});
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

json parts_from(const std::string& text) {
  json parts = parse_bounded(text);
  return parts.is_object() ? std::move(parts) : json::object();
}

// What the judge was not asked about is not judged yet, rather than unparsed.
Status read_judged_parts(Database& database, int64_t run, JobRow& job) {
  LOOM_TRY(Statement row,
           database.query("SELECT c.parts FROM sample s LEFT JOIN score c ON c.sample=s.id "
                          "AND c.metric=? AND c.version=? WHERE s.run=? AND s.job=? ORDER BY s.idx",
                          job.job.metric, job.job.judge_version, run, job.job.index));
  for (ScoredSample& sample : job.samples) {
    LOOM_TRY(bool more, row.step());
    if (!more) break;
    if (row.is_null(0) && sample.state == SampleState::done) sample.state = SampleState::pending;
    sample.parts = parts_from(row.text(0));
  }
  return {};
}

// Parts of the scores, for the jobs whose metric scores the whole task from them.
Status read_parts(Database& database, int64_t run, std::vector<JobRow>& jobs) {
  for (JobRow& job : jobs) {
    if (job.job.judge_version > 0) {
      LOOM_CHECK(read_judged_parts(database, run, job));
      continue;
    }
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
      sample.parts = parts_from(row.text(0));
    }
  }
  return {};
}

// Samples of the jobs of one task in a column.
Result<std::vector<PairSample>> pair_samples(Database& database, int64_t run, const Job& job) {
  std::vector<PairSample> samples;
  LOOM_TRY(Statement row,
           database.query("SELECT record,score FROM sample WHERE run=? AND job=? AND score IS NOT "
                          "NULL ORDER BY idx",
                          run, job.index));
  for (;;) {
    LOOM_TRY(bool more, row.step());
    if (!more) return samples;
    samples.push_back({pair_of_record(row.text(0)), job.length_tokens, row.real(1)});
  }
}

// NoLiMa's tasks, but for the one whose questions repeat the needle's words.
Status read_base_scores(Database& database, int64_t run, RunSummary& summary) {
  for (RunColumn& column : summary.columns) {
    std::map<std::string, std::vector<PairSample>> tasks;
    for (int at : column.jobs) {
      const Job& job = summary.jobs[static_cast<size_t>(at)].job;
      if (job.benchmark_id != "nolima" || job.task == "needle_set_ONLYDirect") continue;
      LOOM_TRY(auto samples, pair_samples(database, run, job));
      auto& all = tasks[job.benchmark_id + "/" + job.task];
      all.insert(all.end(), samples.begin(), samples.end());
    }
    for (const auto& [task, samples] : tasks)
      if (auto score = base_score(task, samples)) column.base_scores.push_back(std::move(*score));
  }
  return {};
}

}  // namespace

JobSummary summary_of(const Job& job, const std::vector<ScoredSample>& samples, uint64_t seed) {
  if (job.judge_version > 0)
    return summarise_judged(job, samples, job.official_samples, seed).summary;
  auto metric = find_metric(job.metric);
  return summarise_job(job, samples, metric && (*metric)->binary, job.official_samples, seed,
                       metric ? (*metric)->whole : nullptr, metric && (*metric)->lower_is_better);
}

Error no_such_run(int64_t run) {
  return {ErrorKind::not_found, "there is no run " + std::to_string(run), "history",
          "loomscope-cli ls lists the runs"};
}

std::string job_definition(const Job& job) {
  json breakdowns = json::array();
  for (const Breakdown& breakdown : job.breakdowns) breakdowns.push_back(breakdown_json(breakdown));
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
              {"pool", job.pool},
              {"length_tokens", job.length_tokens},
              {"samples", job.samples},
              {"limit", job.limit},
              {"official_samples", job.official_samples},
              {"breakdowns", breakdowns}}
      .dump();
}

Result<EvaluationPlan> read_stored_plan(Database& database, int64_t run) {
  LOOM_TRY(Statement row, database.query("SELECT plan FROM run WHERE id=?", run));
  LOOM_TRY(bool found, row.step());
  if (!found) return no_such_run(run);
  json plan = parse_bounded(row.text(0));
  return plan_from_json(plan);
}

Result<std::vector<Job>> read_stored_jobs(Database& database, int64_t run) {
  LOOM_TRY(EvaluationPlan plan, read_stored_plan(database, run));
  LOOM_TRY(auto rows, read_jobs(database, run, plan));
  std::vector<Job> jobs;
  for (JobRow& row : rows) jobs.push_back(std::move(row.job));
  return jobs;
}

Result<RunSummary> read_summary(Database& database, int64_t run) {
  LOOM_TRY(EvaluationPlan plan, read_stored_plan(database, run));
  LOOM_TRY(auto jobs, read_jobs(database, run, plan));
  LOOM_CHECK(read_samples(database, run, jobs));
  LOOM_CHECK(read_parts(database, run, jobs));
  LOOM_TRY(const auto busy, read_busy_times(database, run));
  for (const JobBusyTime& one : busy)
    if (static_cast<size_t>(one.job) < jobs.size())
      jobs[static_cast<size_t>(one.job)].busy.push_back(one.time);
  std::vector<JobSummary> summaries;
  for (const JobRow& job : jobs) {
    summaries.push_back(summary_of(job.job, job.samples, plan.seed));
    summaries.back().wall_s = job.wall_s;
    summaries.back().busy = job.busy;
  }
  RunSummary summary = summarise_run(plan, std::move(summaries));
  LOOM_CHECK(read_breakdowns(database, run, plan.seed, jobs, summary));
  if (plan.rule_set != kLoomScopeRules)  // that package knows no base score
    LOOM_CHECK(read_base_scores(database, run, summary));
  return summary;
}

}  // namespace loom
