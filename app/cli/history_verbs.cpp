// ls and show: reading the history.
#include <iomanip>
#include <iostream>

#include "app/cli/failure_lines.h"
#include "app/cli/gate.h"
#include "app/cli/session.h"
#include "app/cli/verbs.h"
#include "core/base/printable_text.h"
#include "core/evaluation/libra_total.h"
#include "core/evaluation/mean_rules.h"
#include "core/evaluation/ruler_averages.h"
#include "core/evaluation/summary_json.h"
#include "core/export/run_export.h"
#include "core/statistics/decimal.h"

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

void print_libra(const RunSummary& summary) {
  for (const RunColumn& column : summary.columns) {
    const auto libra = libra_total(summary.jobs, column);
    if (!libra) continue;
    std::cout << "LIBRA's total, " << column.label << ": " << std::fixed << std::setprecision(2)
              << as_printed(libra->total, 2) << " (" << libra->tasks << " of " << kLibraTasks
              << " tasks; " << libra->not_run << " of their " << libra->lengths
              << " lengths were not run and count as 0)\n";
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
    std::cout << "  " << printable_line(row.name) << '\n';
  }
  std::cout << std::flush;
  return kFinished;
}

Result<int> show_run(const Invocation& invocation) {
  LOOM_TRY(auto runs, run_numbers(invocation.positional, 1));
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
  print_libra(summary);
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

}  // namespace loom::cli
