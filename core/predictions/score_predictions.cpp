#include "core/predictions/score_predictions.h"

#include <algorithm>
#include <map>

#include "core/base/for_each_index.h"
#include "core/metrics/metric.h"
#include "core/predictions/answer_counts.h"
#include "core/statistics/decimal.h"

namespace loom {
namespace {

constexpr size_t kAnswersAtOnce = 64;

// Fields of records that somebody else wrote may have any type.
Status score_one(const StoredAnswer& answer, const TaskRule& rule, const Metric& metric,
                 SampleScore& result) {
  try {
    const auto references = rule_references(rule, answer.references, answer.metadata);
    const std::string_view text = scored_text(rule, answer.text);
    MetricScore score = metric.score({text, references, rule.parameters, answer.metadata});
    result = {metric.id,
              metric.version,
              score.value,
              score.parsed,
              scored_rule(std::move(score.rule), text, answer.text),
              std::move(score.parts)};
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

// An option's text, as some programs store it, would never equal a letter.
bool compares_letters(const TaskRule& rule) {
  return rule.metric == "stated_letter" || rule.metric == "closing_letter";
}

Status has_reference(const StoredAnswer& answer, const TaskRule& rule) {
  const auto references = rule_references(rule, answer.references, answer.metadata);
  if (compares_letters(rule) && !references.empty() && references[0].size() > 1)
    return Error{
        ErrorKind::invalid_input,
        "the reference of sample " + answer.id + " is no letter, which these rules compare",
        answer.where,
        std::string("Give --references FILE with letters; where a program stored the "
                    "option's text, --rules ") +
            kLoomScopeRules + " may compare it"};
  if (std::any_of(references.begin(), references.end(),
                  [](const std::string& text) { return !text.empty(); }) ||
      (answer.metadata.is_object() && answer.metadata.value("no_error", nlohmann::json()) == true))
    return {};
  return Error{ErrorKind::invalid_input,
               "sample " + answer.id + " has no reference" +
                   (answer.why_none.empty() ? "" : ": " + answer.why_none),
               answer.where, "Give --references FILE with the same ids, or fetch the data"};
}

struct ScoredTask {
  Job job;
  TaskRule rule;  // of answers to no task of ours: without a metric
};

// Of answers to no task of ours.
Status check_references(const PredictionSet& set) {
  for (const StoredAnswer& answer : set.answers)
    if (answer.references.empty() && !answer.metadata.contains("code_test"))
      return Error{ErrorKind::invalid_input, "sample " + answer.id + " has no reference",
                   answer.where,
                   "Name the field references, reference, answers, target or ground_truth, or give "
                   "--references FILE with the same ids"};
  return {};
}

Result<ScoredTask> task_of(const PredictionSet& set, const Catalog& catalog,
                           const std::string& rule_set) {
  ScoredTask found;
  found.job.benchmark_id = set.benchmark;
  found.job.task = set.task;
  found.job.samples = set.answers.size();
  if (set.benchmark.empty()) {
    LOOM_CHECK(check_references(set));
    return found;
  }
  const BenchmarkDescription* benchmark = catalog.benchmark(set.benchmark);
  const TaskDescription* task = benchmark ? benchmark->task(set.task) : nullptr;
  if (!task)
    return Error{ErrorKind::not_found,
                 "there is no task \"" + set.benchmark + "/" + set.task + "\"", "",
                 "loomscope-cli benchmarks ls lists them"};
  LOOM_TRY(found.rule, task_rule(*benchmark, *task, rule_set));
  if (set.strip_thinking) leave_thoughts_aside(found.rule);
  for (const StoredAnswer& answer : set.answers) LOOM_CHECK(has_reference(answer, found.rule));
  found.job.capability = task->capability.empty() ? benchmark->capability : task->capability;
  found.job.group = task->group;
  found.job.pool = benchmark->pool_groups && !task->group.empty();
  found.job.official_samples = task->official_samples;
  return found;
}

PredictionScores summed_up(const ScoredTask& of, const Metric& metric,
                           std::vector<SampleScore> scores, uint64_t seed) {
  PredictionScores result;
  result.metric = metric.id;
  result.metric_version = metric.version;
  result.scores = std::move(scores);
  Job job = of.job;
  job.metric = metric.id;
  std::vector<ScoredSample> samples(result.scores.size());
  for (size_t i = 0; i < samples.size(); ++i) {
    samples[i].value = result.scores[i].value;
    samples[i].parts = result.scores[i].parts;
  }
  result.summary = summarise_job(job, samples, metric.binary, job.official_samples, seed,
                                 metric.whole, metric.lower_is_better);
  result.parts = mean_parts(result.scores);
  return result;
}

Result<PredictionScores> scored(const ScoredTask& of, const PredictionSet& set, uint64_t seed) {
  LOOM_TRY(const Metric* metric, find_metric(of.rule.metric));
  if (metric->source == MetricSource::encoder)
    return Error{ErrorKind::unsupported, of.rule.metric + " needs an encoder", set.task,
                 "Give --metric bertscore --encoder MODEL"};
  if (metric->source == MetricSource::likelihood)
    return Error{ErrorKind::unsupported, "perplexity needs the model that answered", set.task,
                 "Give a run: loomscope-cli score RUN --metric reference_perplexity"};
  if (metric->ready) LOOM_CHECK(metric->ready());
  LOOM_CHECK(check_answer_counts(set, of.rule));
  std::vector<SampleScore> scores(set.answers.size());
  LOOM_CHECK(score_all(set, of.rule, *metric, scores));
  return summed_up(of, *metric, std::move(scores), seed);
}

}  // namespace

Result<PredictionScores> score_predictions(const PredictionSet& set, const Catalog& catalog,
                                           const std::string& rule_set, uint64_t seed) {
  LOOM_TRY(const ScoredTask of, task_of(set, catalog, rule_set));
  if (of.rule.metric.empty())
    return Error{ErrorKind::invalid_input, "answers to no known task need a metric", set.task,
                 "Give --metric; loomscope-cli benchmarks metrics lists them"};
  return scored(of, set, seed);
}

Result<PredictionScores> score_predictions_by(const std::string& metric, const PredictionSet& set,
                                              const Catalog& catalog, const std::string& rule_set,
                                              const nlohmann::json& parameters, uint64_t seed) {
  if (metric == kNeedsJudge)
    return Error{ErrorKind::unsupported, "a judge grades the answers of a run", set.task,
                 "loomscope-cli judge RUN asks one"};
  LOOM_TRY(ScoredTask of, task_of(set, catalog, rule_set));
  if (of.rule.metric != metric) {
    of.rule.metric = metric;
    of.rule.parameters = nlohmann::json::object();
  }
  if (parameters.empty()) return scored(of, set, seed);
  of.rule.parameters.update(parameters);
  LOOM_TRY(PredictionScores scores, scored(of, set, seed));
  scores.metric_parameters = parameters;
  return scores;
}

Result<PredictionScores> bert_score_predictions(const PredictionSet& set, const Catalog& catalog,
                                                BertScorer& scorer, std::stop_token stop,
                                                const std::string& rule_set, uint64_t seed) {
  LOOM_TRY(const ScoredTask of, task_of(set, catalog, rule_set));
  const std::string id = of.rule.metric == kSevenMeasures ? kSevenMeasures : "bertscore";
  LOOM_CHECK(check_answer_counts(set, {.metric = id}));
  LOOM_TRY(const Metric* metric, find_metric(id));
  if (metric->ready) LOOM_CHECK(metric->ready());
  std::vector<std::vector<std::string>> references;
  std::vector<MetricInput> inputs;
  for (const StoredAnswer& answer : set.answers)
    references.push_back(rule_references(of.rule, answer.references, answer.metadata));
  scorer.forget();
  for (size_t i = 0; i < references.size(); ++i) {
    scorer.weigh(references[i]);
    const std::string_view scored = scored_text(of.rule, set.answers[i].text);
    inputs.push_back({encoded_text(id, scored), references[i], {}, {}});
  }
  LOOM_TRY(auto found, scorer.score(inputs, stop));
  std::vector<SampleScore> scores;
  for (size_t i = 0; i < found.size(); ++i) {
    const std::string_view scored = scored_text(of.rule, set.answers[i].text);
    MetricScore one = encoder_score(id, inputs[i], std::move(found[i]));
    scores.push_back({metric->id, metric->version, one.value, std::move(one.parsed),
                      scored_rule(std::move(one.rule), scored, set.answers[i].text),
                      std::move(one.parts)});
  }
  return summed_up(of, *metric, std::move(scores), seed);
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
