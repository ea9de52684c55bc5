// compare: paired differences of runs on the samples they share.
#include <compare>
#include <cstdio>
#include <iostream>
#include <map>
#include <set>

#include "app/cli/session.h"
#include "app/cli/verbs.h"
#include "core/base/printable_text.h"
#include "core/evaluation/differing_settings.h"
#include "core/evaluation/judged_summary.h"
#include "core/evaluation/paired_columns.h"
#include "core/statistics/decimal.h"
#include "core/statistics/intervals.h"

namespace loom::cli {
namespace {

std::string key_of(const std::string& benchmark, const std::string& task, size_t length_tokens) {
  const std::string key = benchmark + '/' + task;
  return length_tokens > 0 ? key + '@' + std::to_string(length_tokens) : key;
}

// A task of one model of either run.
struct TaskOfModels {
  std::string task, model_a, model_b;
  auto operator<=>(const TaskOfModels&) const = default;
};
struct TaskPairs {
  std::vector<double> a, b;
  size_t unpaired = 0;
};

// Tasks whose difference is good news when it is below zero.
std::set<std::string> measures_of(const RunSummary& summary) {
  std::set<std::string> keys;
  for (const JobSummary& job : summary.jobs)
    if (job.lower_is_better)
      keys.insert(key_of(job.job.benchmark_id, job.job.task, job.job.length_tokens));
  return keys;
}

// Samples that both runs scored, in the order of the store.
std::map<TaskOfModels, TaskPairs> pairs_by_task(const RunSummary& first, const RunSummary& second,
                                                const std::vector<PairedSample>& samples) {
  std::map<TaskOfModels, TaskPairs> tasks;
  for (const PairedSample& sample : samples) {
    if (!belong_together(first, sample.job_a, second, sample.job_b)) continue;
    TaskPairs& pairs =
        tasks[{key_of(sample.benchmark, sample.task, sample.length_tokens),
               column_of(first, sample.job_a)->label, column_of(second, sample.job_b)->label}];
    if (sample.score_a && sample.score_b) {
      pairs.a.push_back(*sample.score_a * 100);
      pairs.b.push_back(*sample.score_b * 100);
    } else {
      ++pairs.unpaired;
    }
  }
  return tasks;
}

nlohmann::json compare_pair(const RunSummary& first, const RunSummary& second,
                            const std::vector<PairedSample>& samples) {
  const std::set<std::string> measures = measures_of(first);
  nlohmann::json tasks = nlohmann::json::array();
  for (const auto& [key, pairs] : pairs_by_task(first, second, samples)) {
    auto difference = paired_difference(pairs.b, pairs.a, 42);
    nlohmann::json row = {{"task", key.task},
                          {"model_a", key.model_a},
                          {"model_b", key.model_b},
                          {"n", pairs.a.size()},
                          {"unpaired", pairs.unpaired}};
    row["lower_is_better"] = measures.contains(key.task);
    row["difference"] = difference ? nlohmann::json(difference->mean) : nlohmann::json();
    row["low"] = difference ? nlohmann::json(difference->interval.low) : nlohmann::json();
    row["high"] = difference ? nlohmann::json(difference->interval.high) : nlohmann::json();
    row["p"] = difference ? nlohmann::json(difference->p) : nlohmann::json();
    tasks.push_back(row);
  }
  return tasks;
}

std::string points_text(const nlohmann::json& value) {
  if (!value.is_number()) return "-";
  char text[32];
  std::snprintf(text, sizeof text, "%.2f", as_printed(value.get<double>(), 2));
  return text;
}

std::string chance(const nlohmann::json& p) {
  if (!p.is_number()) return "-";
  char text[32];
  std::snprintf(text, sizeof text, "%.3g", p.get<double>());
  return text;
}

// With the models' names where a run has several.
void print_comparison(const nlohmann::json& comparison) {
  std::set<std::string> models;
  for (const auto& task : comparison["tasks"]) models.insert(task["model_b"].get<std::string>());
  std::cout << "run " << comparison["run_b"] << " minus run " << comparison["run_a"] << '\n';
  if (comparison["tasks"].empty()) std::cerr << "These two runs share no samples" << std::endl;
  for (const auto& task : comparison["tasks"]) {
    std::cout << "  " << printable_text(task["task"].get<std::string>());
    if (models.size() > 1)
      std::cout << "  " << printable_text(task["model_b"].get<std::string>()) << " minus "
                << printable_text(task["model_a"].get<std::string>());
    if (task["difference"].is_null())
      std::cout << "  too few pairs";
    else
      std::cout << "  " << points_text(task["difference"]) << "  [" << points_text(task["low"])
                << ", " << points_text(task["high"]) << "]  p " << chance(task["p"]);
    std::cout << "  n " << task["n"];
    if (task["unpaired"] != 0) std::cout << "  unpaired " << task["unpaired"];
    std::cout << (task["lower_is_better"].get<bool>() ? "  lower is better" : "") << '\n';
  }
}

// Scores of different rule sets are not differences of models.
Status check_same_rules(const RunQueries& queries, const std::vector<int64_t>& runs) {
  std::string first;
  for (int64_t run : runs) {
    LOOM_TRY(const Provenance provenance, queries.provenance(run));
    const std::string& rules = provenance.plan.rule_set;
    if (first.empty()) first = rules;
    if (rules != first)
      return Error{ErrorKind::invalid_input,
                   "run " + std::to_string(runs[0]) + " is scored by the rules " + first +
                       ", run " + std::to_string(run) + " by " + rules,
                   "compare", "Compare runs of one rule set"};
  }
  return {};
}

// Rules that differ were refused, and samples are no matter: those of one run alone have no pair.
nlohmann::json setting_warnings(const std::vector<EvaluationPlan>& plans) {
  nlohmann::json warnings = nlohmann::json::array();
  for (const DifferingSetting& differing : differing_settings(plans))
    if (differing.setting != PlanSetting::samples)
      warnings.push_back({{"setting", to_string(differing.setting)}, {"values", differing.values}});
  return warnings;
}

Result<nlohmann::json> warnings_of(const RunQueries& queries, const std::vector<int64_t>& runs) {
  std::vector<RunSummary> summaries;
  std::vector<EvaluationPlan> plans;
  for (int64_t run : runs) {
    LOOM_TRY(RunSummary summary, queries.summary(run));
    LOOM_TRY(Provenance provenance, queries.provenance(run));
    summaries.push_back(std::move(summary));
    plans.push_back(std::move(provenance.plan));
  }
  nlohmann::json warnings = setting_warnings(plans);
  for (const JudgeDifference& difference : judge_differences(summaries))
    warnings.push_back({{"setting", "judge of " + difference.task}, {"values", difference.judges}});
  return warnings;
}

void print_warnings(const nlohmann::json& warnings) {
  for (const auto& warning : warnings) {
    std::cerr << "Warning: the runs differ in " << warning["setting"].get<std::string>() << ':';
    const char* between = " ";
    for (const auto& value : warning["values"]) {
      std::cerr << between << printable_text(value.get<std::string>());
      between = " ≠ ";
    }
    std::cerr << ": the difference is not one of models alone" << std::endl;
  }
}

}  // namespace

Result<int> compare_runs(const Invocation& invocation) {
  LOOM_TRY(auto runs, run_numbers(invocation.positional, 2));
  LOOM_TRY(auto session, open_to_read(invocation));
  LOOM_CHECK(check_same_rules(*session->queries, runs));
  LOOM_TRY(const nlohmann::json warnings, warnings_of(*session->queries, runs));
  print_warnings(warnings);
  LOOM_TRY(const RunSummary first, session->queries->summary(runs[0]));
  nlohmann::json comparisons = nlohmann::json::array();
  for (size_t i = 1; i < runs.size(); ++i) {
    LOOM_TRY(auto samples, session->queries->paired(runs[0], runs[i]));
    LOOM_TRY(const RunSummary other, session->queries->summary(runs[i]));
    comparisons.push_back(
        {{"run_a", runs[0]}, {"run_b", runs[i]}, {"tasks", compare_pair(first, other, samples)}});
  }
  if (invocation.has("json")) {
    print_json(invocation, {{"comparisons", comparisons}, {"warnings", warnings}});
    return kFinished;
  }
  for (const auto& comparison : comparisons) print_comparison(comparison);
  std::cout << std::flush;
  return kFinished;
}

}  // namespace loom::cli
