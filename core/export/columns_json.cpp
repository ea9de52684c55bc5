#include "core/export/columns_json.h"

#include "core/evaluation/libra_total.h"
#include "core/evaluation/mean_rules.h"
#include "core/evaluation/ruler_averages.h"
#include "core/evaluation/summary_json.h"

namespace loom {

using nlohmann::json;

namespace {

json group_json(const GroupScore& group) {
  json row = numbers_json(group);
  row["key"] = group.key;
  return row;
}

json groups_json(const std::vector<GroupScore>& groups) {
  json list = json::array();
  for (const GroupScore& group : groups) list.push_back(group_json(group));
  return list;
}

json base_scores_json(const std::vector<BaseScore>& scores) {
  json list = json::array();
  for (const BaseScore& score : scores) {
    json lengths = json::array();
    for (const BaseScore::AtLength& at : score.lengths)
      lengths.push_back({{"length", at.length_tokens}, {"score", at.score}, {"share", at.share}});
    list.push_back(
        {{"task", score.task},
         {"base", score.base},
         {"base_lengths", score.base_lengths},
         {"effective_length", score.effective_length ? json(*score.effective_length) : json()},
         {"lengths", lengths}});
  }
  return list;
}

json breakdowns_json(const std::vector<BreakdownScores>& breakdowns) {
  json list = json::array();
  for (const BreakdownScores& scores : breakdowns)
    list.push_back({{"task", scores.task},
                    {"field", scores.field},
                    {"title", scores.title},
                    {"parts", groups_json(scores.parts)}});
  return list;
}

// Null where the run has no RULER at several lengths.
json ruler_json(const std::vector<JobSummary>& jobs, const RunColumn& column) {
  const auto averages = ruler_averages(jobs, column);
  if (!averages) return {};
  json lengths = json::array();
  for (const GroupScore& length : averages->lengths)
    lengths.push_back({{"length", std::stoull(length.key)}, {"score", or_null(length.score)}});
  const auto& effective = averages->effective_length;
  return {{"lengths", lengths},
          {"weighted_increasing", averages->increasing},
          {"weighted_decreasing", averages->decreasing},
          {"threshold", kRulerThreshold},
          {"effective_length", effective ? json(*effective) : json()}};
}

// Null where the run has no LIBRA at a length.
json libra_json(const std::vector<JobSummary>& jobs, const RunColumn& column) {
  const auto libra = libra_total(jobs, column);
  if (!libra) return {};
  return {{"total", libra->total},
          {"tasks", libra->tasks},
          {"lengths", libra->lengths},
          {"lengths_not_run", libra->not_run}};
}

}  // namespace

json averages_json(const RunSummary& summary, const RunColumn& column) {
  json averages;
  for (MeanRule rule : kMeanRules)
    averages[to_string(rule)] = or_null(mean_by(rule, summary.jobs, column));
  return averages;
}

json columns_json(const RunSummary& summary) {
  json columns = json::array();
  for (const RunColumn& column : summary.columns)
    columns.push_back({{"label", column.label},
                       {"averages", averages_json(summary, column)},
                       {"capabilities", groups_json(column.capabilities)},
                       {"benchmarks", groups_json(column.benchmarks)},
                       {"groups", groups_json(column.groups)},
                       {"tasks", groups_json(column.tasks)},
                       {"lengths", groups_json(column.lengths)},
                       {"ruler", ruler_json(summary.jobs, column)},
                       {"libra", libra_json(summary.jobs, column)},
                       {"breakdowns", breakdowns_json(column.breakdowns)},
                       {"base_scores", base_scores_json(column.base_scores)},
                       {"measures", groups_json(column.measures)}});
  return columns;
}

}  // namespace loom
