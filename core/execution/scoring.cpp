#include "core/execution/scoring.h"

#include "core/base/hash.h"
#include "core/catalog/rule_sets.h"
#include "core/execution/evaluation_run.h"
#include "core/history/run_queries.h"
#include "core/metrics/metric.h"

namespace loom {

Result<SampleScore> score_sample(const Sample& sample, const TaskRule& rule) {
  LOOM_TRY(const Metric* metric, find_metric(rule.metric));
  if (metric->ready) LOOM_CHECK(metric->ready());
  const auto references = rule_references(rule, sample.references, sample.metadata);
  try {
    const std::string_view text = scored_text(rule, sample.result.text);
    MetricScore score = metric->score({text, references, rule.parameters, sample.metadata});
    return SampleScore{metric->id,
                       metric->version,
                       score.value,
                       score.parsed,
                       scored_rule(std::move(score.rule), text, sample.result.text),
                       std::move(score.parts)};
  } catch (const std::exception& problem) {
    // Parameters and records of custom benchmarks are the user's.
    return Error{ErrorKind::invalid_input, problem.what(), "metric " + rule.metric, ""};
  }
}

std::string sample_identity(const Sample& sample, const GenerationRequest& request,
                            const AnsweringModel& model) {
  nlohmann::json key = {
      {"record", sample.record_id},    {"references", sample.references},
      {"weights", model.weights_hash}, {"kernels", model.kernel_version},
      {"tokenizer", model.tokenizer},  {"max_new_tokens", request.max_new_tokens},
      {"stop", request.stop},          {"temperature", request.decoding.temperature}};
  if (request.decoding.temperature > 0) {
    key["top_k"] = request.decoding.top_k;
    key["top_p"] = request.decoding.top_p;
    key["min_p"] = request.decoding.min_p;
    key["seed"] = request.decoding.seed;
  }
  // Answers from before these could be asked for stay known.
  if (const double penalty = request.decoding.repetition_penalty; penalty > 0 && penalty != 1)
    key["repetition_penalty"] = penalty;
  if (!request.end_tokens.empty()) key["end_tokens"] = request.end_tokens;
  if (request.ends_for_several) key["ends_for_several"] = true;
  if (request.min_new_tokens > 0) key["min_new_tokens"] = request.min_new_tokens;
  Sha256 hash;
  hash.update(key.dump());
  hash.update(
      {reinterpret_cast<const char*>(request.ids.data()), request.ids.size() * sizeof(TokenId)});
  return hash.hex();
}

Status score_again(int64_t run, const RunQueries& queries, const RunEnvironment& environment) {
  LOOM_TRY(EvaluationPlan plan, environment.store->plan(run));
  LOOM_TRY(auto jobs, environment.store->jobs(run));
  LOOM_CHECK(check_jobs(jobs, *environment.catalog));
  int64_t after = 0;
  for (;;) {
    LOOM_TRY(auto rows, queries.samples(run, {}, after, 500));
    if (rows.empty()) return {};
    after = rows.back().id;
    for (const SampleRow& row : rows) {
      if (row.state != SampleState::done) continue;
      const Job& job = jobs.at(static_cast<size_t>(row.job));
      const auto* benchmark = environment.catalog->benchmark(job.benchmark_id);
      LOOM_TRY(TaskRule rule, task_rule(*benchmark, *benchmark->task(job.task), plan.rule_set));
      if (plan.strip_thinking) leave_thoughts_aside(rule);
      // A judge's verdicts may stand for these scores; nothing is left to compute.
      if (rule.metric == kNeedsJudge) continue;
      // What a model said stays: it would have to be asked again.
      LOOM_TRY(const Metric* metric, find_metric(rule.metric));
      if (metric->source != MetricSource::answer) continue;
      LOOM_TRY(Sample sample, queries.sample(row.id));
      LOOM_TRY(SampleScore score, score_sample(sample, rule));
      LOOM_CHECK(environment.store->put_score(run, row.job, row.index, score));
    }
  }
}

}  // namespace loom
