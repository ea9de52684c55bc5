// ls, show, compare and export: reading the history.
#include <compare>
#include <iomanip>
#include <iostream>
#include <map>
#include <set>

#include "app/cli/failure_lines.h"
#include "app/cli/gate.h"
#include "app/cli/session.h"
#include "app/cli/verbs.h"
#include "core/base/printable_text.h"
#include "core/evaluation/mean_rules.h"
#include "core/evaluation/paired_columns.h"
#include "core/evaluation/ruler_averages.h"
#include "core/evaluation/summary_json.h"
#include "core/export/run_export.h"
#include "core/statistics/decimal.h"
#include "core/statistics/intervals.h"

namespace loom::cli {
namespace {

nlohmann::json json_of(const RunRow& row) {
  return {{"run", row.id},
          {"name", row.name},
          {"created", row.created},
          {"state", to_string(row.state)},
          {"models", row.models},
          {"benchmarks", row.benchmarks},
          {"tags", row.tags},
          {"plan_fingerprint", row.fingerprint},
          {"samples_planned", row.samples_planned},
          {"samples_done", row.samples_done},
          {"samples_failed", row.samples_failed},
          {"seconds", row.wall_s},
          {"mean", or_null(row.mean)},
          {"message", row.message}};
}

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

// With the models' names where a run has several.
void print_comparison(const nlohmann::json& comparison) {
  std::set<std::string> models;
  for (const auto& task : comparison["tasks"]) models.insert(task["model_b"].get<std::string>());
  std::cout << "run " << comparison["run_b"] << " minus run " << comparison["run_a"] << '\n';
  for (const auto& task : comparison["tasks"]) {
    std::cout << "  " << task["task"].get<std::string>();
    if (models.size() > 1)
      std::cout << "  " << task["model_b"].get<std::string>() << " minus "
                << task["model_a"].get<std::string>();
    std::cout << "  " << task["difference"] << "  [" << task["low"] << ", " << task["high"]
              << "]  p " << task["p"] << "  n " << task["n"]
              << (task["lower_is_better"].get<bool>() ? "  lower is better" : "") << '\n';
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

Status warn_of_different_judges(const RunQueries& queries, const std::vector<int64_t>& runs) {
  std::vector<RunSummary> summaries;
  for (int64_t run : runs) {
    LOOM_TRY(RunSummary summary, queries.summary(run));
    summaries.push_back(std::move(summary));
  }
  for (const JudgeDifference& difference : judge_differences(summaries)) {
    std::cerr << "Warning: " << difference.task << " was judged by";
    for (const std::string& judge : difference.judges) std::cerr << "  " << judge;
    std::cerr << ": the difference is not one of models alone" << std::endl;
  }
  return {};
}

Result<std::vector<int64_t>> run_numbers(const Invocation& invocation, size_t least) {
  if (invocation.positional.size() < least)
    return Error{ErrorKind::invalid_input, "needs " + std::to_string(least) + " run numbers", "RUN",
                 "loomscope-cli ls lists the runs"};
  std::vector<int64_t> runs;
  for (const std::string& text : invocation.positional) {
    LOOM_TRY(int64_t run, run_number(text));
    runs.push_back(run);
  }
  return runs;
}

// The groups of the Runs page, or a state as --json spells it.
Result<std::vector<RunState>> states_from(const std::string& name) {
  using enum RunState;
  if (name == "finished") return std::vector{finished, finished_with_failures};
  if (name == "waiting") return std::vector{created, running, paused};
  if (name == "failed") return std::vector{failed, cancelled};
  std::string known = "finished, waiting, failed";
  for (RunState state : {created, running, paused, finished_with_failures, cancelled}) {
    if (name == to_string(state)) return std::vector{state};
    known += std::string(", ") + to_string(state);
  }
  return Error{ErrorKind::invalid_input, "there is no state \"" + name + "\"", "--state",
               "One of " + known};
}

void print_judged(const std::vector<JudgedJob>& judged) {
  for (const JudgedJob& job : judged) {
    const JobSummary& summary = job.judged.summary;
    std::cout << summary.job.benchmark_id << '/' << summary.job.task << "  " << summary.job.metric
              << ", version " << summary.job.judge_version
              << (job.stands ? ", is the score: " : ": ") << std::fixed << std::setprecision(2);
    if (summary.score)
      std::cout << as_printed(*summary.score, 2);
    else
      std::cout << '-';
    std::cout << "  n " << summary.scored << "  unparsed " << summary.unparsed;
    for (const auto& [name, value] : job.judged.figures)
      std::cout << "  " << name << ' ' << as_printed(value, 2);
    std::cout << std::endl;
  }
}

// RULER's averages over the lengths of each model's run.
void print_ruler(const RunSummary& summary) {
  for (const RunColumn& column : summary.columns) {
    const auto averages = ruler_averages(summary.jobs, column);
    if (!averages) continue;
    std::cout << "RULER over " << averages->lengths.size() << " lengths, " << column.label
              << std::fixed << std::setprecision(2) << ": wAvg (inc) "
              << as_printed(averages->increasing, 2) << ", wAvg (dec) "
              << as_printed(averages->decreasing, 2) << ", effective length ";
    if (averages->effective_length)
      std::cout << *averages->effective_length;
    else
      std::cout << "below " << averages->lengths.front().key;
    std::cout << " (above " << as_printed(kRulerThreshold, 2) << ")\n";
  }
}

}  // namespace

Result<int> list_runs(const Invocation& invocation) {
  LOOM_TRY(auto session, open_to_read(invocation));
  RunFilter filter;
  filter.text = invocation.text("search");
  filter.tag = invocation.text("tag");
  if (invocation.has("state")) {
    LOOM_TRY(filter.states, states_from(invocation.text("state")));
  }
  LOOM_TRY(auto limit, invocation.integer("limit"));
  if (limit && *limit < 1)
    return Error{ErrorKind::invalid_input, "must be at least 1", "--limit",
                 "Leave it out for the latest 50"};
  LOOM_TRY(auto rows, session->queries->runs(filter, 0, static_cast<size_t>(limit.value_or(50))));
  if (invocation.has("json")) {
    nlohmann::json json = nlohmann::json::array();
    for (const RunRow& row : rows) json.push_back(json_of(row));
    print_json(invocation, {{"runs", json}});
    return kFinished;
  }
  if (rows.empty())
    std::cerr << "There are no runs yet: loomscope-cli run --starter makes one" << std::endl;
  for (const RunRow& row : rows) {
    std::cout << std::setw(5) << row.id << "  " << row.created << "  " << std::left << std::setw(22)
              << to_string(row.state) << std::right << std::setw(6) << row.samples_done << '/'
              << std::left << std::setw(6) << row.samples_planned << std::right;
    if (row.mean) {
      std::cout << std::fixed << std::setprecision(2) << std::setw(7) << as_printed(*row.mean, 2);
    } else {
      std::cout << "      -";
    }
    std::cout << "  " << printable_text(row.name) << '\n';
  }
  std::cout << std::flush;
  return kFinished;
}

Result<int> show_run(const Invocation& invocation) {
  LOOM_TRY(auto runs, run_numbers(invocation, 1));
  LOOM_TRY(auto session, open_to_read(invocation));
  LOOM_TRY(nlohmann::json results, results_json(*session->queries, runs.front()));
  const std::string rules = results.at("rule_set").get<std::string>();
  LOOM_TRY(MeanRule rule,
           mean_rule_from(invocation.text("mean", to_string(default_mean_rule(rules)))));
  results["mean_rule"] = to_string(rule);
  if (invocation.has("json")) {
    print_json(invocation, results);
    return gated(kFinished, invocation, results, to_string(rule));
  }
  LOOM_TRY(RunSummary summary, session->queries->summary(runs.front()));
  std::cout << score_table_markdown(summary, "") << "\nRules: " << rules << ". Mean by "
            << to_string(rule) << ':';
  for (const RunColumn& column : summary.columns) {
    const auto mean = mean_by(rule, summary.jobs, column);
    std::cout << "  " << column.label << ' ';
    if (mean) {
      std::cout << std::fixed << std::setprecision(2) << as_printed(*mean, 2);
    } else {
      std::cout << '-';
    }
  }
  std::cout << '\n';
  print_ruler(summary);
  for (const auto& event : results.at("events"))
    if (event.at("kind") == "notice")
      std::cout << "Notice: " << event.at("text").get<std::string>() << '\n';
  const nlohmann::json& failures = results.at("failures");
  for (const std::string& line : failure_lines(failures, failures.size()))
    std::cout << line << '\n';
  LOOM_TRY(const auto judged, session->queries->judged(runs.front()));
  print_judged(judged);
  std::cout << std::flush;
  return gated(kFinished, invocation, results, to_string(rule));
}

Result<int> compare_runs(const Invocation& invocation) {
  LOOM_TRY(auto runs, run_numbers(invocation, 2));
  LOOM_TRY(auto session, open_to_read(invocation));
  LOOM_CHECK(check_same_rules(*session->queries, runs));
  LOOM_CHECK(warn_of_different_judges(*session->queries, runs));
  LOOM_TRY(const RunSummary first, session->queries->summary(runs[0]));
  nlohmann::json comparisons = nlohmann::json::array();
  for (size_t i = 1; i < runs.size(); ++i) {
    LOOM_TRY(auto samples, session->queries->paired(runs[0], runs[i]));
    LOOM_TRY(const RunSummary other, session->queries->summary(runs[i]));
    comparisons.push_back(
        {{"run_a", runs[0]}, {"run_b", runs[i]}, {"tasks", compare_pair(first, other, samples)}});
  }
  if (invocation.has("json")) {
    print_json(invocation, {{"comparisons", comparisons}});
    return kFinished;
  }
  for (const auto& comparison : comparisons) print_comparison(comparison);
  std::cout << std::flush;
  return kFinished;
}

}  // namespace loom::cli
