#include "ui/pages/compare/comparison.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "core/evaluation/paired_columns.h"

namespace loom::ui {
namespace {

constexpr uint64_t kSeed = 42;  // as the command line's `compare`
constexpr size_t kMostDisagreements = 5000;

// Which answers of two parts belong together: those of the columns that were chosen, else equal
// ones.
bool are_paired(const Comparison& comparison, size_t other, const PairedSample& pair) {
  const ComparedParts& compared = comparison.compared;
  const RunSummary &first = compared.whole[0], &second = compared.whole[other];
  const std::string &column_a = compared.parts[0].column, &column_b = compared.parts[other].column;
  auto is_in = [](const RunSummary& summary, int job, const std::string& label) {
    const RunColumn* column = column_of(summary, job);
    return column && column->label == label;
  };
  if (!column_a.empty() && !is_in(first, pair.job_a, column_a)) return false;
  if (!column_b.empty() && !is_in(second, pair.job_b, column_b)) return false;
  const bool chosen = !column_a.empty() && !column_b.empty();
  return chosen || belong_together(first, pair.job_a, second, pair.job_b);
}

// Differences of what is better lower would point the other way than all others of a chart.
bool has_shares(const RunSummary& summary, int job) {
  for (const JobSummary& one : summary.jobs)
    if (one.job.index == job) return !one.lower_is_better;
  return true;
}

struct Scores {
  std::vector<double> baseline, other;
};

class Pairing {
 public:
  Pairing(Comparison& comparison, const std::set<std::string>& shared)
      : comparison_(comparison), shared_(shared) {}

  void add(size_t run, const std::vector<PairedSample>& pairs) {
    std::map<std::string, Scores> tasks;
    for (const PairedSample& pair : pairs) {
      const std::string key = task_key(pair.benchmark, pair.task, pair.length_tokens);
      if (!shared_.contains(key) || !are_paired(comparison_, run, pair)) continue;
      if (!has_shares(comparison_.compared.whole[0], pair.job_a)) continue;
      if (!pair.score_a || !pair.score_b) {
        ++comparison_.unpaired;
        continue;
      }
      ++comparison_.pairs;
      tasks[key].baseline.push_back(*pair.score_a * 100);
      tasks[key].other.push_back(*pair.score_b * 100);
      if (*pair.score_a != *pair.score_b) comparison_.disagreements.push_back({run, pair});
    }
    for (const auto& [key, scores] : tasks) {
      DifferenceRow& row = rows_[key];
      row.key = row.label = key;
      row.values.resize(comparison_.compared.parts.size() - 1);
      row.values[run - 1] = paired_difference(scores.other, scores.baseline, kSeed);
    }
  }
  void finish() {
    for (auto& [key, row] : rows_) comparison_.differences.rows.push_back(std::move(row));
    sort_by_difference(comparison_.differences);
    auto& list = comparison_.disagreements;
    auto width = [](const Disagreement& one) {
      return std::abs(*one.pair.score_b - *one.pair.score_a);
    };
    std::stable_sort(list.begin(), list.end(),
                     [&](const auto& a, const auto& b) { return width(a) > width(b); });
    if (list.size() > kMostDisagreements) list.resize(kMostDisagreements);
  }

 private:
  Comparison& comparison_;
  const std::set<std::string>& shared_;
  std::map<std::string, DifferenceRow> rows_;
};

}  // namespace

Result<Comparison> read_comparison(const RunQueries& queries,
                                   const std::vector<ComparedPart>& parts) {
  Comparison comparison;
  LOOM_TRY(comparison.compared, read_parts(queries, parts));
  const TaskKeys keys = task_keys(comparison.compared);
  comparison.tasks_shared = keys.shared.size();
  comparison.tasks_left_out = keys.all.size() - keys.shared.size();
  const std::vector<std::string>& names = comparison.compared.names;
  comparison.differences.baseline = names.front();
  comparison.differences.series.assign(names.begin() + 1, names.end());
  for (size_t part = 0; part < parts.size(); ++part)
    comparison.summaries.push_back(part_summary(comparison.compared, part, keys.shared));
  Pairing pairing(comparison, keys.shared);
  for (size_t part = 1; part < parts.size(); ++part) {
    LOOM_TRY(auto pairs, queries.paired(parts[0].run, parts[part].run));
    pairing.add(part, pairs);
  }
  pairing.finish();
  return comparison;
}

}  // namespace loom::ui
