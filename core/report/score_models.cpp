#include <algorithm>
#include <map>
#include <set>

#include "core/evaluation/length_scores.h"
#include "core/evaluation/ruler_averages.h"
#include "core/report/charts.h"

namespace loom {
namespace {

const std::vector<GroupScore>& groups_of(const RunColumn& column, RadarAxes axes) {
  if (axes == RadarAxes::capabilities) return column.capabilities;
  return axes == RadarAxes::benchmarks ? column.benchmarks : column.tasks;
}

ChartValue as_value(const GroupScore& group) {
  return {group.score,     group.low,    group.high,    group.scored,
          group.truncated, group.failed, group.unparsed};
}

// Values of one column in the order of `keys`.
std::vector<ChartValue> values_at(const std::vector<GroupScore>& groups,
                                  const std::vector<std::string>& keys) {
  std::vector<ChartValue> values(keys.size());
  for (const GroupScore& group : groups) {
    auto key = std::find(keys.begin(), keys.end(), group.key);
    if (key != keys.end()) values[static_cast<size_t>(key - keys.begin())] = as_value(group);
  }
  return values;
}

// One empty series per column. A label that several runs have gets the number of its run.
std::vector<ChartSeries> all_columns(const std::vector<RunSummary>& runs) {
  std::map<std::string, size_t> uses;
  for (const RunSummary& run : runs)
    for (const RunColumn& column : run.columns) ++uses[column.label];
  std::vector<ChartSeries> series;
  for (size_t run = 0; run < runs.size(); ++run) {
    for (size_t column = 0; column < runs[run].columns.size(); ++column) {
      std::string label = runs[run].columns[column].label;
      if (uses[label] > 1 && runs.size() > 1) label += " (" + std::to_string(run + 1) + ")";
      ChartSeries one;
      one.label = label;
      one.run = run;
      one.column = column;
      series.push_back(one);
    }
  }
  return series;
}

std::string axis_label(const std::string& key, RadarAxes axes, bool one_benchmark) {
  std::string label = key;
  if (axes == RadarAxes::tasks && one_benchmark) label = key.substr(key.find('/') + 1);
  if (axes == RadarAxes::capabilities && !label.empty() && label[0] >= 'a' && label[0] <= 'z')
    label[0] = static_cast<char>(label[0] - 'a' + 'A');
  return label;
}

bool only_ruler(const std::vector<RunSummary>& runs) {
  bool any = false;
  for (const RunSummary& run : runs) {
    for (const std::string& benchmark : benchmarks_with_lengths(run)) {
      if (benchmark != "ruler") return false;
      any = true;
    }
  }
  return any;
}

std::vector<GroupScore> lengths_of(const RunSummary& run, const RunColumn& column,
                                   const std::string& benchmark) {
  return benchmark.empty() ? column.lengths : length_scores(run.jobs, column, benchmark);
}

std::optional<size_t> longest_above(const ChartSeries& series, const std::vector<size_t>& lengths,
                                    double threshold) {
  std::optional<size_t> longest;
  for (size_t i = 0; i < lengths.size(); ++i)
    if (series.values[i].value && *series.values[i].value > threshold) longest = lengths[i];
  return longest;
}

}  // namespace

RadarModel radar_model(const std::vector<RunSummary>& runs, RadarAxes axes) {
  RadarModel model;
  std::set<std::string> benchmarks;
  for (const RunSummary& run : runs) {
    for (const RunColumn& column : run.columns) {
      for (const GroupScore& group : groups_of(column, axes)) {
        benchmarks.insert(group.key.substr(0, group.key.find('/')));
        auto& keys = model.axis_keys;
        if (std::find(keys.begin(), keys.end(), group.key) == keys.end()) keys.push_back(group.key);
      }
    }
  }
  for (const std::string& key : model.axis_keys)
    model.axes.push_back(axis_label(key, axes, benchmarks.size() == 1));
  model.series = all_columns(runs);
  for (ChartSeries& series : model.series)
    series.values =
        values_at(groups_of(runs[series.run].columns[series.column], axes), model.axis_keys);
  return model;
}

std::vector<std::string> benchmarks_with_lengths(const RunSummary& run) {
  std::vector<std::string> benchmarks;
  for (const JobSummary& job : run.jobs)
    if (job.job.length_tokens > 0 && !job.lower_is_better &&
        std::find(benchmarks.begin(), benchmarks.end(), job.job.benchmark_id) == benchmarks.end())
      benchmarks.push_back(job.job.benchmark_id);
  return benchmarks;
}

LengthCurveModel length_curve_model(const std::vector<RunSummary>& runs,
                                    const std::string& benchmark) {
  LengthCurveModel model;
  model.benchmark = benchmark;
  std::set<size_t> lengths;
  for (const RunSummary& run : runs)
    for (const RunColumn& column : run.columns)
      for (const GroupScore& group : lengths_of(run, column, benchmark))
        lengths.insert(std::stoull(group.key));
  model.lengths.assign(lengths.begin(), lengths.end());
  std::vector<std::string> keys;
  for (size_t length : model.lengths) keys.push_back(std::to_string(length));
  if (benchmark == "ruler" || (benchmark.empty() && only_ruler(runs)))
    model.effective_threshold = kRulerThreshold;
  model.series = all_columns(runs);
  for (ChartSeries& series : model.series) {
    const RunSummary& run = runs[series.run];
    series.values = values_at(lengths_of(run, run.columns[series.column], benchmark), keys);
    model.effective_length.push_back(
        model.effective_threshold ? longest_above(series, model.lengths, *model.effective_threshold)
                                  : std::nullopt);
  }
  return model;
}

std::vector<std::string> tasks_with_base_score(const RunSummary& run) {
  std::vector<std::string> tasks;
  for (const RunColumn& column : run.columns)
    for (const BaseScore& score : column.base_scores)
      if (std::find(tasks.begin(), tasks.end(), score.task) == tasks.end())
        tasks.push_back(score.task);
  return tasks;
}

LengthCurveModel base_score_curve_model(const RunSummary& run, const std::string& task) {
  LengthCurveModel model;
  model.task = task;
  std::set<size_t> lengths;
  for (const RunColumn& column : run.columns)
    for (const BaseScore& score : column.base_scores)
      if (score.task == task)
        for (const BaseScore::AtLength& at : score.lengths) lengths.insert(at.length_tokens);
  model.lengths.assign(lengths.begin(), lengths.end());
  model.series = all_columns({run});
  for (ChartSeries& series : model.series) {
    const RunColumn& column = run.columns[series.column];
    series.values.resize(model.lengths.size());
    for (int at : column.jobs) {
      const JobSummary& job = run.jobs[static_cast<size_t>(at)];
      if (job.job.benchmark_id + "/" + job.job.task != task) continue;
      const auto place =
          std::find(model.lengths.begin(), model.lengths.end(), job.job.length_tokens);
      if (place != model.lengths.end())
        series.values[static_cast<size_t>(place - model.lengths.begin())] = {
            job.score, job.low, job.high, job.scored, job.truncated, job.failed, job.unparsed};
    }
    const auto base = std::find_if(column.base_scores.begin(), column.base_scores.end(),
                                   [&](const BaseScore& score) { return score.task == task; });
    const bool known = base != column.base_scores.end();
    model.base_scores.push_back(known ? std::optional(base->base) : std::nullopt);
    model.effective_length.push_back(known ? base->effective_length : std::nullopt);
  }
  return model;
}

}  // namespace loom
