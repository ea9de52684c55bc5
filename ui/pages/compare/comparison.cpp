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

std::string key_of(const std::string& benchmark, const std::string& task, size_t length) {
  std::string key = benchmark + '/' + task;
  if (length > 0) key += '@' + std::to_string(length);
  return key;
}

std::string key_of(const Job& job) {
  return key_of(job.benchmark_id, job.task, job.length_tokens);
}

std::set<std::string> keys_of(const RunSummary& summary) {
  std::set<std::string> keys;
  for (const JobSummary& job : summary.jobs) keys.insert(key_of(job.job));
  return keys;
}

struct Keys {
  std::set<std::string> shared, all;
};
Keys find_shared(const std::vector<RunSummary>& summaries) {
  Keys keys{keys_of(summaries.front()), {}};
  for (const RunSummary& summary : summaries) {
    std::set<std::string> both;
    for (const std::string& key : keys_of(summary)) {
      keys.all.insert(key);
      if (keys.shared.contains(key)) both.insert(key);
    }
    keys.shared = std::move(both);
  }
  return keys;
}

// Two runs may have the same name: then the number tells them apart.
std::vector<std::string> names_of(const std::vector<RunRow>& runs) {
  std::vector<std::string> names;
  for (const RunRow& run : runs) {
    const auto same = std::count_if(runs.begin(), runs.end(),
                                    [&](const RunRow& other) { return other.name == run.name; });
    names.push_back(same > 1 ? run.name + " #" + std::to_string(run.id) : run.name);
  }
  return names;
}

// Means over the shared jobs alone; legends show the run, and the model where a run has several.
RunSummary shared_summary(const EvaluationPlan& plan, const std::string& name,
                          const RunSummary& whole, const std::set<std::string>& shared) {
  std::vector<JobSummary> jobs;
  for (const JobSummary& job : whole.jobs)
    if (shared.contains(key_of(job.job))) jobs.push_back(job);
  RunSummary summary = summarise_run(plan, std::move(jobs));
  for (RunColumn& column : summary.columns)
    column.label = summary.columns.size() > 1 ? name + " · " + column.label : name;
  return summary;
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
  Pairing(Comparison& comparison, const std::vector<RunSummary>& whole,
          const std::set<std::string>& shared)
      : comparison_(comparison), whole_(whole), shared_(shared) {}

  void add(size_t run, const std::vector<PairedSample>& pairs) {
    std::map<std::string, Scores> tasks;
    for (const PairedSample& pair : pairs) {
      const std::string key = key_of(pair.benchmark, pair.task, pair.length_tokens);
      if (!shared_.contains(key) ||
          !belong_together(whole_[0], pair.job_a, whole_[run], pair.job_b))
        continue;
      if (!has_shares(whole_[0], pair.job_a)) continue;
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
      row.values.resize(comparison_.runs.size() - 1);
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
  const std::vector<RunSummary>& whole_;
  const std::set<std::string>& shared_;
  std::map<std::string, DifferenceRow> rows_;
};

}  // namespace

Result<Comparison> read_comparison(const RunQueries& queries, const std::vector<int64_t>& runs) {
  if (runs.size() < 2 || runs.size() > kMostRuns)
    return Error{ErrorKind::invalid_input, "two to six runs can be compared", "", ""};
  Comparison comparison;
  std::vector<RunSummary> whole;
  for (int64_t run : runs) {
    LOOM_TRY(RunRow row, queries.run(run));
    LOOM_TRY(RunSummary summary, queries.summary(run));
    LOOM_TRY(Provenance provenance, queries.provenance(run));
    comparison.runs.push_back(std::move(row));
    comparison.plans.push_back(std::move(provenance.plan));
    whole.push_back(std::move(summary));
  }
  const Keys keys = find_shared(whole);
  comparison.tasks_shared = keys.shared.size();
  comparison.tasks_left_out = keys.all.size() - keys.shared.size();
  const std::vector<std::string> names = names_of(comparison.runs);
  comparison.differences.baseline = names.front();
  comparison.differences.series.assign(names.begin() + 1, names.end());
  for (size_t run = 0; run < runs.size(); ++run)
    comparison.summaries.push_back(
        shared_summary(comparison.plans[run], names[run], whole[run], keys.shared));
  Pairing pairing(comparison, whole, keys.shared);
  for (size_t run = 1; run < runs.size(); ++run) {
    LOOM_TRY(auto pairs, queries.paired(runs[0], runs[run]));
    pairing.add(run, pairs);
  }
  pairing.finish();
  return comparison;
}

}  // namespace loom::ui
