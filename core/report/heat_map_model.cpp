#include <algorithm>
#include <bit>
#include <cmath>
#include <map>
#include <set>

#include "core/report/charts.h"
#include "core/statistics/decimal.h"
#include "core/statistics/intervals.h"

namespace loom {
namespace {

constexpr size_t kMostDepths = 21;
constexpr size_t kMostLengths = 16;  // more are measured lengths: gathered up to powers of two

struct Gathered {
  std::vector<RunQueries::Point> points;
  bool binary = true;
};
using Key = std::pair<size_t, std::string>;  // column, "benchmark/task"

// Points with depth by column and task; a length that the plan names wins over the measured one.
std::map<Key, Gathered> gather(const RunSummary& run,
                               const std::vector<RunQueries::Point>& points) {
  std::map<int, std::pair<size_t, const JobSummary*>> jobs;  // Job::index → column, summary
  for (size_t column = 0; column < run.columns.size(); ++column) {
    for (int position : run.columns[column].jobs) {
      const JobSummary& job = run.jobs[static_cast<size_t>(position)];
      if (job.lower_is_better) continue;  // the colours stand for shares
      jobs[job.job.index] = {column, &job};
    }
  }
  std::map<Key, Gathered> tasks;
  for (RunQueries::Point point : points) {
    auto found = jobs.find(point.job);
    if (!point.depth || found == jobs.end()) continue;
    const JobSummary& job = *found->second.second;
    if (job.job.length_tokens > 0) point.length_tokens = job.job.length_tokens;
    Gathered& task = tasks[{found->second.first, job.job.benchmark_id + "/" + job.job.task}];
    task.binary = task.binary && job.interval == "wilson";
    task.points.push_back(point);
  }
  return tasks;
}

double tenth(double depth) {
  return std::round(depth / 10) * 10;
}

template <typename T>
size_t position(const std::vector<T>& sorted, T value) {
  return static_cast<size_t>(std::lower_bound(sorted.begin(), sorted.end(), value) -
                             sorted.begin());
}

ChartValue cell_of(const std::vector<RunQueries::Point>& points, bool binary) {
  ChartValue cell;
  std::vector<double> values;
  for (const RunQueries::Point& point : points) {
    if (point.failed) {
      ++cell.failed;
    } else if (point.value) {
      values.push_back(*point.value * 100);
    } else {
      ++cell.unparsed;
    }
    cell.truncated += point.truncated;
  }
  cell.n = values.size();
  cell.value = decimal_mean(values);
  if (binary && !values.empty()) {
    auto right = std::count_if(values.begin(), values.end(), [](double v) { return v > 50; });
    Interval interval = wilson(static_cast<size_t>(right), values.size());
    cell.low = interval.low * 100;
    cell.high = interval.high * 100;
  }
  return cell;
}

void choose_rows_and_columns(HeatMapModel& model, Gathered& task) {
  std::set<double> depths;
  std::set<size_t> lengths;
  for (const RunQueries::Point& point : task.points) {
    depths.insert(*point.depth);
    lengths.insert(point.length_tokens);
  }
  if (depths.size() > kMostDepths) {
    depths.clear();
    for (RunQueries::Point& point : task.points)
      depths.insert(*(point.depth = tenth(*point.depth)));
  }
  if (lengths.size() > kMostLengths) {
    lengths.clear();
    for (RunQueries::Point& point : task.points)
      lengths.insert(point.length_tokens = std::bit_ceil(point.length_tokens));
  }
  model.depths.assign(depths.begin(), depths.end());
  model.lengths.assign(lengths.begin(), lengths.end());
}

void fill_cells(HeatMapModel& model, Gathered& task) {
  choose_rows_and_columns(model, task);
  std::vector<std::vector<std::vector<RunQueries::Point>>> cells(
      model.depths.size(), std::vector<std::vector<RunQueries::Point>>(model.lengths.size()));
  for (const RunQueries::Point& point : task.points)
    cells[position(model.depths, *point.depth)][position(model.lengths, point.length_tokens)]
        .push_back(point);
  for (const auto& row : cells) {
    model.cells.emplace_back();
    for (const auto& cell : row) model.cells.back().push_back(cell_of(cell, task.binary));
  }
}

}  // namespace

std::vector<HeatMapModel> heat_map_models(const RunSummary& run,
                                          const std::vector<RunQueries::Point>& points) {
  std::vector<HeatMapModel> models;
  for (auto& [key, task] : gather(run, points)) {
    HeatMapModel model;
    model.column = key.first;
    model.task = key.second;
    model.label = run.columns[key.first].label;
    fill_cells(model, task);
    models.push_back(std::move(model));
  }
  return models;
}

}  // namespace loom
