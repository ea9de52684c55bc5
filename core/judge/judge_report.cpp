#include "core/judge/judge_report.h"

#include <algorithm>
#include <iomanip>
#include <map>
#include <set>
#include <sstream>

#include "core/base/error_json.h"
#include "core/evaluation/summary_json.h"
#include "core/judge/task_rubric.h"
#include "core/statistics/decimal.h"

namespace loom {
namespace {

using nlohmann::json;

constexpr uint64_t kReportSeed = 42;
constexpr double kMillion = 1e6;

ScoredSample scored(const JudgedSample& judged) {
  ScoredSample sample;
  sample.value = judged.verdict.value;
  sample.truncated = judged.truncated;
  sample.state = judged.error ? SampleState::failed : SampleState::done;
  return sample;
}

JobSummary summed_up(Job job, const std::vector<ScoredSample>& samples, const Rubric& rubric) {
  job.samples = samples.size();
  return summarise_job(job, samples, rubric.kind == Rubric::Kind::yes_no, 0, kReportSeed);
}

json tokens_json(const TokenUsage& usage) {
  return {{"prompt", usage.prompt}, {"completion", usage.completion}, {"unknown", usage.unknown}};
}

json sample_json(const JudgedSample& judged) {
  json sample = {{"benchmark", judged.benchmark},
                 {"task", judged.task},
                 {"job", judged.job},
                 {"index", judged.index},
                 {"id", judged.record_id},
                 {"verdict", judged.verdict.parsed},
                 {"rule", judged.verdict.rule},
                 {"parts", judged.verdict.parts}};
  sample["score"] = judged.verdict.value ? json(*judged.verdict.value * 100) : json();
  if (judged.error) sample["error"] = error_json(*judged.error);
  return sample;
}

json counts_json(const PairCounts& counts) {
  return {{"n", counts.wins_a + counts.wins_b + counts.ties},
          {"wins_a", counts.wins_a},
          {"wins_b", counts.wins_b},
          {"ties", counts.ties},
          {"orders_disagree", counts.orders_disagree},
          {"unparsed", counts.unparsed},
          {"failed", counts.failed},
          {"win_rate_a", or_null(counts.win_rate_a)},
          {"low", counts.interval ? json(counts.interval->low) : json()},
          {"high", counts.interval ? json(counts.interval->high) : json()}};
}

json pair_json(const JudgedPair& pair) {
  json one = {{"benchmark", pair.benchmark},    {"task", pair.task},
              {"id", pair.record_id},           {"length", pair.length_tokens},
              {"verdict", pair.verdict.parsed}, {"rule", pair.verdict.rule},
              {"parts", pair.verdict.parts}};
  if (pair.error) one["error"] = error_json(*pair.error);
  return one;
}

std::string fixed(const json& number, int digits) {
  if (!number.is_number()) return "-";
  std::ostringstream text;
  text.imbue(std::locale::classic());
  text << std::fixed << std::setprecision(digits) << as_printed(number.get<double>(), digits);
  return text.str();
}

std::string count_text(const json& number) {
  return number.is_number_unsigned() ? std::to_string(number.get<uint64_t>()) : "0";
}

}  // namespace

JudgedScores judged_scores(const JudgedRun& judged, const Rubric& rubric, const RunSummary& run) {
  JudgedScores scores;
  for (const RunColumn& column : run.columns) {
    std::vector<ScoredSample> all;
    std::map<std::pair<std::string, std::string>, std::vector<ScoredSample>> tasks;
    std::vector<Job> order;
    for (const JudgedSample& sample : judged.samples) {
      if (std::find(column.jobs.begin(), column.jobs.end(), sample.job) == column.jobs.end())
        continue;
      const auto [place, added] = tasks.try_emplace({sample.benchmark, sample.task});
      if (added) order.push_back(run.jobs.at(static_cast<size_t>(sample.job)).job);
      place->second.push_back(scored(sample));
      all.push_back(scored(sample));
    }
    for (const Job& job : order)
      scores.tasks.push_back(
          {column.label, summed_up(job, tasks[{job.benchmark_id, job.task}], rubric)});
    scores.columns.push_back({column.label, summed_up({}, all, rubric)});
  }
  return scores;
}

json judge_json(const Judge& judge, const Rubric* rubric, const Agreement& agreement,
                const std::optional<TokenPrices>& prices) {
  const TokenUsage& spent = judge.spent();
  json result = {{"judge", judge.model().name()},
                 {"rubric", rubric ? rubric->id : kTaskRubric},
                 {"prompt_version", rubric ? json(rubric->version) : json()},
                 {"agreement", agreement_json(agreement)},
                 {"questions", judge.asked()},
                 {"questions_from_cache", judge.found()},
                 {"tokens", tokens_json(spent)},
                 {"tokens_from_cache", tokens_json(judge.reused())}};
  result["cost"] = json();
  if (prices)
    result["cost"] = (static_cast<double>(spent.prompt) * prices->input +
                      static_cast<double>(spent.completion) * prices->output) /
                     kMillion;
  // Answers whose tokens nobody told are not in it.
  result["cost_complete"] = spent.unknown == 0;
  return result;
}

json judged_run_json(int64_t run, const JudgedRun& judged, const Rubric& rubric,
                     const JudgedScores& scores) {
  json result = {{"run", run},
                 {"metric", kJudgeMetric + std::string(rubric.id)},
                 {"metric_version", rubric.version},
                 {"scale", 100},
                 {"without_reference", judged.without_reference},
                 {"complete", !judged.ended_by.has_value()}};
  // Several models have common counts, but no common score.
  JobSummary whole;
  for (const JudgedTask& column : scores.columns) {
    whole.scored += column.summary.scored;
    whole.unparsed += column.summary.unparsed;
    whole.failed += column.summary.failed;
    whole.truncated += column.summary.truncated;
  }
  result.update(numbers_json(scores.columns.size() == 1 ? scores.columns.front().summary : whole));
  result["models"] = json::array();
  for (const JudgedTask& column : scores.columns) {
    json one = numbers_json(column.summary);
    one["model"] = column.model;
    result["models"].push_back(one);
  }
  result["tasks"] = json::array();
  for (const JudgedTask& task : scores.tasks) {
    json one = numbers_json(task.summary);
    one["model"] = task.model;
    one["benchmark"] = task.summary.job.benchmark_id;
    one["task"] = task.summary.job.task;
    result["tasks"].push_back(one);
  }
  result["samples"] = json::array();
  for (const JudgedSample& sample : judged.samples)
    result["samples"].push_back(sample_json(sample));
  return result;
}

json judged_tasks_json(int64_t run, const JudgedRun& judged, const std::vector<JudgedJob>& stored) {
  json result = {{"run", run},
                 {"metric", std::string(kJudgeMetric) + kTaskRubric},
                 {"scale", 100},
                 {"without_reference", judged.without_reference},
                 {"complete", !judged.ended_by.has_value()},
                 {"tasks", json::array()},
                 {"models", json::array()},
                 {"samples", json::array()}};
  JobSummary whole;
  std::set<std::pair<std::string, int>> metrics;
  for (const JudgedSample& sample : judged.samples) {
    result["samples"].push_back(sample_json(sample));
    metrics.insert({sample.metric, sample.job});
    ++(sample.error ? whole.failed : sample.verdict.value ? whole.scored : whole.unparsed);
    whole.truncated += sample.truncated;
  }
  result.update(numbers_json(whole));
  for (const JudgedJob& job : stored)
    if (metrics.contains({job.judged.summary.job.metric, job.judged.summary.job.index})) {
      result["tasks"].push_back(judged_json(job.judged));
      result["tasks"].back()["is_the_score"] = job.stands;
    }
  return result;
}

json judged_pairs_json(const PairsRequest& request, const JudgedPairs& judged) {
  json result = {{"run_a", request.run_a},
                 {"run_b", request.run_b},
                 {"metric", std::string(kJudgeMetric) + "pairwise"},
                 {"complete", !judged.ended_by.has_value()}};
  result.update(counts_json(count_pairs(judged.pairs)));
  std::map<std::pair<std::string, std::string>, std::vector<JudgedPair>> tasks;
  for (const JudgedPair& pair : judged.pairs) tasks[{pair.benchmark, pair.task}].push_back(pair);
  result["tasks"] = json::array();
  for (const auto& [name, pairs] : tasks) {
    json one = counts_json(count_pairs(pairs));
    one["benchmark"] = name.first;
    one["task"] = name.second;
    result["tasks"].push_back(one);
  }
  result["samples"] = json::array();
  for (const JudgedPair& pair : judged.pairs) result["samples"].push_back(pair_json(pair));
  return result;
}

std::string judge_event(const json& result) {
  const json &agreement = result.at("agreement"), &tokens = result.at("tokens");
  const bool pairs = result.contains("run_a");
  std::string text =
      result.at("metric").get<std::string>() + " by " + result.at("judge").get<std::string>();
  if (const json version = result.value("prompt_version", json()); version.is_number_integer())
    text += ", prompts version " + std::to_string(version.get<int>());
  text += ": ";
  if (pairs)
    text += "run " + std::to_string(result.at("run_a").get<int64_t>()) + " against run " +
            std::to_string(result.at("run_b").get<int64_t>()) + ", win rate ";
  for (const json& task : result.value("tasks", json::array()))
    if (task.contains("metric"))
      text += task["benchmark"].get<std::string>() + '/' + task["task"].get<std::string>() + " " +
              fixed(task["score"], 2) + " (rubric version " +
              std::to_string(task["metric_version"].get<int>()) + "), ";
  text += fixed(result.value(pairs ? "win_rate_a" : "score", json()), 2) + " [" +
          fixed(result.value("low", json()), 2) + ", " + fixed(result.value("high", json()), 2) +
          "], n " + count_text(result.value("n", json())) + ", unparsed " +
          count_text(result.value("unparsed", json())) + ", failed " +
          count_text(result.value("failed", json()));
  text += "; agrees with " + count_text(agreement.at("agreed")) + " of " +
          count_text(agreement.at("n")) + " labelled cases; " + count_text(tokens.at("prompt")) +
          " + " + count_text(tokens.at("completion")) + " tokens";
  if (result.at("cost").is_number()) text += ", cost " + fixed(result.at("cost"), 6);
  return text;
}

}  // namespace loom
