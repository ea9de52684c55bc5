// score RUN --metric reference_perplexity: one number per task, model and length, in no mean.
#include <iomanip>
#include <iostream>

#include "app/cli/interrupt.h"
#include "app/cli/score_metric.h"
#include "core/evaluation/summary_json.h"
#include "core/execution/measure_references.h"
#include "core/metrics/metric.h"
#include "core/statistics/decimal.h"

namespace loom::cli {
namespace {

using nlohmann::json;

struct TaskScores {
  Job job;
  std::string model;
  std::vector<ScoredSample> samples;
  json rows = json::array();
  double bits = 0;
  size_t bytes = 0;
};

void add(TaskScores& task, const MeasuredSample& one) {
  ScoredSample sample;
  sample.truncated = one.sample.prompt.truncation.cut;
  json row = {{"id", one.sample.record_id}, {"reference", one.sample.references}};
  if (one.score) {
    sample.value = one.score->value;
    sample.parts = one.score->parts;
    row["score"] = one.score->value ? json(*one.score->value * 100) : json();
    row.update(one.score->parts);
    const double bytes = sample.parts.value("bytes", 0.0);
    task.bits += sample.parts.value("bits_per_byte", 0.0) * bytes;
    task.bytes += static_cast<size_t>(bytes);
  } else {
    sample.state = SampleState::failed;
    row["score"] = json();
    row["error"] = describe(one.score.error());
  }
  task.samples.push_back(std::move(sample));
  task.rows.push_back(std::move(row));
}

std::vector<TaskScores> by_task(const RunSummary& summary,
                                const std::vector<MeasuredSample>& measured) {
  std::vector<TaskScores> tasks(summary.jobs.size());
  for (size_t i = 0; i < tasks.size(); ++i) {
    tasks[i].job = summary.jobs[i].job;
    tasks[i].model = summary.jobs[i].model_name;
  }
  for (const MeasuredSample& one : measured) add(tasks.at(static_cast<size_t>(one.job)), one);
  std::erase_if(tasks, [](const TaskScores& task) { return task.samples.empty(); });
  return tasks;
}

json task_json(const TaskScores& task, const Metric& metric, uint64_t seed, bool with_samples) {
  Job job = task.job;
  job.metric = metric.id;
  job.samples = task.samples.size();
  const JobSummary summary = summarise_job(job, task.samples, metric.binary, job.official_samples,
                                           seed, metric.whole, metric.lower_is_better);
  json row = {{"benchmark", job.benchmark_id},
              {"task", job.task},
              {"model", task.model},
              {"length", job.length_tokens > 0 ? json(job.length_tokens) : json()},
              {"metric", metric.id},
              {"metric_version", metric.version},
              {"lower_is_better", true},
              {"failed", summary.failed},
              {"truncated", summary.truncated},
              {"bits_per_byte",
               task.bytes > 0 ? json(task.bits / static_cast<double>(task.bytes)) : json()}};
  row.update(score_json(summary));
  if (with_samples) row["samples"] = task.rows;
  return row;
}

void print_number(const json& value) {
  if (value.is_number())
    std::cout << std::fixed << std::setprecision(3) << std::setw(12) << value.get<double>();
  else
    std::cout << "           -";
}

void print_perplexities(const json& tasks) {
  std::cout << "  perplexity         low        high   bits/byte       n  failed  task (lower is "
               "better)\n";
  for (const json& task : tasks) {
    for (const char* name : {"score", "low", "high", "bits_per_byte"}) print_number(task[name]);
    std::cout << std::setw(8) << task["n"].get<size_t>() << std::setw(8)
              << task["failed"].get<size_t>() << "  " << task["benchmark"].get<std::string>() << '/'
              << task["task"].get<std::string>();
    if (task["length"].is_number()) std::cout << " @ " << task["length"];
    std::cout << "  " << task["model"].get<std::string>() << '\n';
  }
  std::cout << std::flush;
}

}  // namespace

Result<int> score_perplexity(const Invocation& invocation, const Session& session, int64_t run) {
  MeasureRequest request;
  request.run = run;
  request.device = invocation.text("device", "cpu");
  LOOM_TRY(const auto limit, invocation.integer("limit"));
  if (limit && *limit < 1)
    return Error{ErrorKind::invalid_input, "must be at least 1", "--limit",
                 "Leave it out for every sample"};
  request.limit = static_cast<size_t>(limit.value_or(0));
  request.progress = [](size_t done, size_t planned) {
    if (done % 50 == 0 || done == planned)
      std::cerr << done << " of " << planned << " samples" << std::endl;
  };
  LOOM_TRY(const Metric* metric, find_metric("reference_perplexity"));
  LOOM_TRY(const EvaluationPlan plan, session.store->plan(run));
  LOOM_TRY(const RunSummary summary, session.queries->summary(run));
  LOOM_TRY(const auto measured,
           measure_references(request, *session.queries, session.environment, interrupt_token()));
  json tasks = json::array();
  size_t failed = 0;
  for (const TaskScores& task : by_task(summary, measured)) {
    tasks.push_back(task_json(task, *metric, plan.seed, invocation.has("samples")));
    failed += tasks.back()["failed"].get<size_t>();
  }
  std::cerr << "Run " << run << "; its own scores stay as they are" << std::endl;
  if (invocation.has("json"))
    print_json(invocation, {{"run", run}, {"tasks", tasks}});
  else
    print_perplexities(tasks);
  return failed > 0 ? kFailedSamples : kFinished;
}

}  // namespace loom::cli
