// One row per task and length, one column per model: as Markdown and LaTeX with two decimals.
#include <algorithm>
#include <cctype>
#include <cstdio>

#include "core/base/printable_text.h"
#include "core/evaluation/missing_samples.h"
#include "core/export/run_export.h"
#include "core/report/latex_text.h"
#include "core/text/utf8.h"

namespace loom {
namespace {

std::string two_decimals(const std::optional<double>& value) {
  if (!value) return "-";
  char text[32];
  std::snprintf(text, sizeof text, "%.2f", as_printed(*value, 2));
  return text;
}

std::string row_title(const JobSummary& summary) {
  const Job& job = summary.job;
  std::string title = job.benchmark_id + "/" + job.task;
  if (job.length_tokens > 0) title += " @ " + std::to_string(job.length_tokens);
  return summary.lower_is_better ? title + " (" + job.metric + ", lower is better)" : title;
}

bool any_has_fewer(const RunSummary& run) {
  return std::any_of(run.jobs.begin(), run.jobs.end(),
                     [](const JobSummary& job) { return job.fewer_than_official; });
}

// Titles in order of first appearance, with each column's job for it.
struct Row {
  std::string title;
  std::vector<const JobSummary*> cells;
};

std::vector<Row> rows_of(const RunSummary& run) {
  std::vector<Row> rows;
  for (size_t c = 0; c < run.columns.size(); ++c)
    for (int index : run.columns[c].jobs) {
      const JobSummary& job = run.jobs[static_cast<size_t>(index)];
      std::string title = row_title(job);
      auto row =
          std::find_if(rows.begin(), rows.end(), [&](const Row& r) { return r.title == title; });
      if (row == rows.end()) {
        rows.push_back({title, std::vector<const JobSummary*>(run.columns.size(), nullptr)});
        row = rows.end() - 1;
      }
      row->cells[c] = &job;
    }
  return rows;
}

// `fewer`: marks a score of fewer samples than the official number.
std::string cell(const JobSummary* job, const char* open, const char* close, const char* fewer) {
  if (!job || !job->score) return "-";
  std::string text = two_decimals(job->score);
  if (job->fewer_than_official) text += fewer;
  if (job->low && job->high)
    text +=
        std::string(" ") + open + two_decimals(job->low) + ", " + two_decimals(job->high) + close;
  return text;
}

std::string group_cell(const RunColumn& column, const std::string& key) {
  for (const GroupScore& group : column.groups) {
    if (group.key != key || !group.score) continue;
    std::string text = two_decimals(group.score);
    if (group.low && group.high)
      text += " [" + two_decimals(group.low) + ", " + two_decimals(group.high) + "]";
    return text;
  }
  return "-";
}

std::vector<std::string> group_keys(const RunSummary& run) {
  std::vector<std::string> keys;
  for (const RunColumn& column : run.columns)
    for (const GroupScore& group : column.groups)
      if (std::find(keys.begin(), keys.end(), group.key) == keys.end()) keys.push_back(group.key);
  return keys;
}

// In a cell of a table: no line ends, no columns, and no HTML, which Markdown would let through.
std::string markdown(const std::string& text) {
  const std::string shown = printable_text(repair_utf8(text));
  std::string escaped;
  for (size_t i = 0; i < shown.size(); ++i) {
    const char next = i + 1 < shown.size() ? shown[i + 1] : ' ';
    const bool tag = shown[i] == '<' && (std::isalpha(static_cast<unsigned char>(next)) ||
                                         next == '/' || next == '!' || next == '?');
    if (shown[i] == '|' || tag) escaped += '\\';
    escaped += shown[i] == '\n' ? ' ' : shown[i];
  }
  return escaped;
}

// What NoLiMa's lengths come to, a line for each task and model.
std::string base_scores(const RunSummary& run) {
  std::string text;
  for (const RunColumn& column : run.columns)
    for (const BaseScore& score : column.base_scores)
      text += "\n" + markdown(column.label) + ", " + markdown(score.task) + ": base score " +
              two_decimals(score.base) +
              " (each pair's best of up to 1k tokens), effective length " +
              (score.effective_length ? std::to_string(*score.effective_length) + " tokens"
                                      : std::string("none")) +
              "\n";
  return text;
}

// What is truncated, failed or unparsed, a line for each task and model that has such samples.
std::vector<std::string> missing_lines(const RunSummary& run) {
  std::vector<std::string> lines;
  for (const RunColumn& column : run.columns)
    for (int index : column.jobs) {
      const JobSummary& job = run.jobs[static_cast<size_t>(index)];
      if (const std::string words = missing_words(job); !words.empty())
        lines.push_back(column.label + ", " + row_title(job) + ": " + words);
    }
  return lines;
}

// A task by a field of its records, a line for each field and model.
std::string breakdowns(const RunSummary& run) {
  std::string text;
  for (const RunColumn& column : run.columns)
    for (const BreakdownScores& scores : column.breakdowns) {
      text += "\n" + markdown(column.label) + ", " + markdown(scores.task) + ", " +
              markdown(scores.title) + ":";
      for (const GroupScore& part : scores.parts)
        text += (&part == &scores.parts.front() ? " " : "; ") + markdown(part.key) + " " +
                two_decimals(part.score) + " (n " + std::to_string(part.scored) + ")";
      text += "\n";
    }
  return text;
}

}  // namespace

std::string score_table_markdown(const RunSummary& run, const std::string& rule_set,
                                 const std::string& prompt_pack) {
  std::string head = "| Task |", rule = "|---|", means = "| Mean of benchmarks |",
              capabilities = "| Mean of capabilities |";
  for (const RunColumn& column : run.columns) {
    head += ' ' + markdown(column.label) + " |";
    rule += "---:|";
    means += ' ' + two_decimals(column.mean_of_benchmarks) + " |";
    capabilities += ' ' + two_decimals(column.mean_of_capabilities) + " |";
  }
  std::string text = head + '\n' + rule + '\n';
  for (const Row& row : rows_of(run)) {
    text += "| " + markdown(row.title) + " |";
    for (const JobSummary* job : row.cells) text += ' ' + cell(job, "[", "]", " †") + " |";
    text += '\n';
  }
  for (const std::string& key : group_keys(run)) {
    text += "| " + markdown(key) + ", together |";
    for (const RunColumn& column : run.columns) text += ' ' + group_cell(column, key) + " |";
    text += '\n';
  }
  text += means + '\n' + capabilities + '\n';
  if (any_has_fewer(run)) text += "\n† fewer samples than the official number\n";
  for (const std::string& line : missing_lines(run)) text += "\n" + markdown(line) + "\n";
  if (!rule_set.empty()) text += "\nRules: " + markdown(rule_set) + "\n";
  if (!prompt_pack.empty()) text += "\nPrompts: " + markdown(prompt_pack) + "\n";
  return text + breakdowns(run) + base_scores(run);
}

std::string score_table_latex(const RunSummary& run, const std::string& rule_set,
                              const std::string& prompt_pack) {
  std::string text =
      "\\begin{tabular}{l" + std::string(run.columns.size(), 'r') + "}\n\\hline\nTask";
  for (const RunColumn& column : run.columns) text += " & " + latex_text(column.label);
  text += " \\\\\n\\hline\n";
  for (const Row& row : rows_of(run)) {
    text += latex_text(row.title);
    for (const JobSummary* job : row.cells)
      text += " & " + cell(job, "{\\scriptsize[", "]}", "$^{\\dagger}$");
    text += " \\\\\n";
  }
  text += "\\hline\nMean of benchmarks";
  for (const RunColumn& column : run.columns)
    text += " & " + two_decimals(column.mean_of_benchmarks);
  text += " \\\\\nMean of capabilities";
  for (const RunColumn& column : run.columns)
    text += " & " + two_decimals(column.mean_of_capabilities);
  text += " \\\\\n\\hline\n";
  const auto note = [&](const std::string& words) {
    text +=
        "\\multicolumn{" + std::to_string(run.columns.size() + 1) + "}{l}{" + words + "} \\\\\n";
  };
  if (any_has_fewer(run)) note("$^{\\dagger}$ fewer samples than the official number");
  for (const std::string& line : missing_lines(run)) note(latex_text(line));
  if (!rule_set.empty()) note("Rules: " + latex_text(rule_set));
  if (!prompt_pack.empty()) note("Prompts: " + latex_text(prompt_pack));
  return text + "\\end{tabular}\n";
}

}  // namespace loom
