#include "core/predictions/score_predictions.h"

#include <algorithm>
#include <map>

#include "core/base/for_each_index.h"
#include "core/metrics/metric.h"
#include "core/statistics/decimal.h"

namespace loom {
namespace {

constexpr size_t kAnswersAtOnce = 64;

// Fields of records that somebody else wrote may have any type.
Status score_one(const StoredAnswer& answer, const TaskRule& rule, const Metric& metric,
                 SampleScore& result) {
  try {
    const auto references = rule_references(rule, answer.references, answer.metadata);
    MetricScore score = metric.score({answer.text, references, rule.parameters, answer.metadata});
    result = {metric.id,    metric.version, score.value,
              score.parsed, score.rule,     std::move(score.parts)};
    return {};
  } catch (const std::exception& problem) {
    return Error{ErrorKind::invalid_input, problem.what(), answer.where,
                 "A field beside the answer is of the wrong type"};
  }
}

Status score_all(const PredictionSet& set, const TaskRule& rule, const Metric& metric,
                 std::vector<SampleScore>& scores) {
  const size_t count = (set.answers.size() + kAnswersAtOnce - 1) / kAnswersAtOnce;
  std::vector<std::optional<Error>> errors(count);
  for_each_index(count, all_cores(), {}, [&](size_t chunk) {
    const size_t end = std::min((chunk + 1) * kAnswersAtOnce, set.answers.size());
    for (size_t i = chunk * kAnswersAtOnce; i < end && !errors[chunk]; ++i)
      if (auto scored = score_one(set.answers[i], rule, metric, scores[i]); !scored)
        errors[chunk] = scored.error();
  });
  for (const auto& error : errors)
    if (error) return *error;
  return {};
}

nlohmann::json mean_parts(const std::vector<SampleScore>& scores) {
  std::map<std::string, DecimalSum> sums;
  for (const SampleScore& score : scores)
    for (const auto& [name, value] : score.parts.items())
      if (value.is_number()) sums[name].add(value.get<double>());
  nlohmann::json parts = nlohmann::json::object();
  for (const auto& [name, sum] : sums) parts[name] = *sum.mean();
  return parts;
}

}  // namespace

Result<PredictionScores> score_predictions(const PredictionSet& set, const Catalog& catalog,
                                           const std::string& rule_set, uint64_t seed) {
  const BenchmarkDescription* benchmark = catalog.benchmark(set.benchmark);
  const TaskDescription* task = benchmark ? benchmark->task(set.task) : nullptr;
  if (!task)
    return Error{ErrorKind::not_found,
                 "there is no task \"" + set.benchmark + "/" + set.task + "\"", "",
                 "loomscope-cli benchmarks ls lists them"};
  for (const StoredAnswer& answer : set.answers)
    if (answer.references.empty())
      return Error{ErrorKind::invalid_input, "sample " + answer.id + " has no reference",
                   answer.where, "Give --references FILE with the same ids, or fetch the data"};
  LOOM_TRY(const TaskRule rule, task_rule(*benchmark, *task, rule_set));
  LOOM_TRY(const Metric* metric, find_metric(rule.metric));
  if (metric->ready) LOOM_CHECK(metric->ready());
  PredictionScores result;
  result.metric = metric->id;
  result.metric_version = metric->version;
  result.scores.resize(set.answers.size());
  LOOM_CHECK(score_all(set, rule, *metric, result.scores));
  Job job;
  job.benchmark_id = benchmark->id;
  job.task = task->id;
  job.metric = metric->id;
  job.capability = task->capability.empty() ? benchmark->capability : task->capability;
  job.group = task->group;
  job.samples = set.answers.size();
  job.official_samples = task->official_samples;
  std::vector<ScoredSample> samples(result.scores.size());
  for (size_t i = 0; i < samples.size(); ++i) {
    samples[i].value = result.scores[i].value;
    samples[i].parts = result.scores[i].parts;
  }
  result.summary =
      summarise_job(job, samples, metric->binary, task->official_samples, seed, metric->whole);
  result.parts = mean_parts(result.scores);
  return result;
}

RunSummary summarise_predictions(const std::vector<PredictionScores>& scores,
                                 const std::string& rule_set) {
  EvaluationPlan plan;
  plan.rule_set = rule_set;
  plan.models = {{"", "predictions", "auto"}};
  std::vector<JobSummary> jobs;
  for (const PredictionScores& one : scores) {
    jobs.push_back(one.summary);
    jobs.back().job.index = static_cast<int>(jobs.size()) - 1;
  }
  return summarise_run(plan, std::move(jobs));
}

}  // namespace loom
