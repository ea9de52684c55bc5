#include <algorithm>
#include <array>
#include <cmath>
#include <set>

#include "core/report/bar_chart.h"
#include "core/report/charts.h"

namespace loom {
namespace {

struct Work {
  size_t prefilled = 0, generated = 0;
  std::vector<BusyTime> busy;
};
// A row while it is added up.
struct Sums {
  LatencyRow row;
  std::vector<Work> work;
};

void resize(Sums& sums, size_t columns) {
  sums.row.columns.resize(columns);
  sums.work.resize(columns);
}

void add(Sums& sums, size_t column, const JobSummary& job) {
  LatencyRow::Cell& cell = sums.row.columns[column];
  cell.wall_s += job.wall_s;
  cell.timings.tokenise_s += job.timings.tokenise_s;
  cell.timings.prefill_new_s += job.timings.prefill_new_s;
  cell.timings.prefill_reused_s += job.timings.prefill_reused_s;
  cell.timings.decode_s += job.timings.decode_s;
  cell.peak_memory_bytes = std::max(cell.peak_memory_bytes, job.peak_memory_bytes);
  cell.samples += job.scored + job.failed + job.unparsed;
  Work& work = sums.work[column];
  work.prefilled += job.tokens_prefilled;
  work.generated += job.tokens_generated;
  work.busy.insert(work.busy.end(), job.busy.begin(), job.busy.end());
}

// What was counted twice because jobs shared a device at the same time.
double shared_seconds(const std::vector<BusyTime>& busy) {
  double alone = 0;
  for (const BusyTime& time : busy) alone += std::max(0.0, time.end_s - time.start_s);
  return alone - device_seconds(busy);
}

LatencyRow finished(Sums sums) {
  auto rate = [](size_t tokens, double seconds) -> std::optional<double> {
    if (tokens == 0 || seconds <= 0) return std::nullopt;
    return static_cast<double>(tokens) / seconds;
  };
  for (size_t i = 0; i < sums.row.columns.size(); ++i) {
    LatencyRow::Cell& cell = sums.row.columns[i];
    cell.wall_s = std::max(0.0, cell.wall_s - shared_seconds(sums.work[i].busy));
    cell.prefill_tokens_per_s = rate(sums.work[i].prefilled, cell.timings.prefill_new_s);
    cell.decode_tokens_per_s = rate(sums.work[i].generated, cell.timings.decode_s);
  }
  return sums.row;
}

Sums& row_of(std::vector<Sums>& rows, const std::string& key, size_t columns) {
  for (Sums& sums : rows)
    if (sums.row.key == key) return sums;
  Sums sums;
  sums.row.key = sums.row.label = key;
  resize(sums, columns);
  return rows.emplace_back(std::move(sums));
}

double longest(const LatencyModel& model) {
  double seconds = 0;
  for (const LatencyRow& row : model.rows)
    for (const LatencyRow::Cell& cell : row.columns) seconds = std::max(seconds, cell.wall_s);
  return seconds;
}

// The smallest round number of seconds, minutes or hours that gives at most five steps.
double tick_step(double seconds) {
  constexpr std::array steps = {0.1, 0.2,  0.5,  1.0,  2.0,  5.0,   10.0,  15.0,  30.0,
                                60., 120., 300., 600., 900., 1800., 3600., 7200., 14400.};
  for (double step : steps)
    if (seconds <= step * 5) return step;
  return std::ceil(seconds / 5 / 14400) * 14400;
}

std::string rate_text(const FigureBuilder& b, const std::optional<double>& rate) {
  return rate ? number_text(*rate, *rate < 100 ? 1 : 0, b.theme) + " tok/s" : "–";
}

Bar bar_of(const FigureBuilder& b, const LatencyModel& model, size_t row, size_t column,
           double end) {
  const LatencyRow::Cell& cell = model.rows[row].columns[column];
  double prefill = cell.timings.prefill_new_s + cell.timings.prefill_reused_s;
  double work = prefill + cell.timings.decode_s;
  Bar bar;
  bar.series = column;
  bar.length = cell.wall_s / end;
  bar.solid_share = work > 0 ? prefill / work : 1;
  bar.text = duration_text(cell.wall_s, b.theme);
  bar.tip = model.columns[column] + "\n" + model.rows[row].label + ": " + bar.text + "\n" +
            b.words("prefill") + " " + duration_text(prefill, b.theme) + ", " +
            rate_text(b, cell.prefill_tokens_per_s) + "\n" + b.words("decode") + " " +
            duration_text(cell.timings.decode_s, b.theme) + ", " +
            rate_text(b, cell.decode_tokens_per_s) + "\n" + b.words("peak memory") + " " +
            memory_text(cell.peak_memory_bytes, b.theme) +
            "\nn = " + number_text(cell.samples, b.theme);
  bar.key = std::to_string(row) + "/" + std::to_string(column);
  return bar;
}

BarChart as_bars(const FigureBuilder& b, const LatencyModel& model) {
  double seconds = std::max(longest(model), 0.1), step = tick_step(seconds);
  BarChart chart;
  chart.axis_title = b.words("Wall time");
  for (int i = 0; i * step <= seconds * 1.001; ++i)
    chart.ticks.push_back({i * step / seconds, i == 0 ? "0" : duration_text(i * step, b.theme)});
  for (size_t row = 0; row < model.rows.size(); ++row) {
    BarGroup group{model.rows[row].label, "", {}};
    for (size_t column = 0; column < model.columns.size(); ++column)
      if (model.rows[row].columns[column].samples > 0 || model.rows[row].columns[column].wall_s > 0)
        group.bars.push_back(bar_of(b, model, row, column, seconds));
    chart.groups.push_back(group);
  }
  for (size_t column = 0; column < model.columns.size(); ++column)
    chart.footer.entries.push_back({model.columns[column] + " (" +
                                        duration_text(model.sum.columns[column].wall_s, b.theme) +
                                        ")",
                                    true});
  chart.footer.notes.push_back(b.words("Full colour: prefill, pale: decode"));
  chart.footer.notes.push_back(latency_caption(model, b.theme));
  return chart;
}

void add_run_times(LatencyModel& model, const std::vector<RunSummary>& runs, size_t devices) {
  std::set<std::string> names;
  double wall_s = 0, unplaced_s = 0;
  for (const RunSummary& run : runs) {
    std::vector<BusyTime> busy;
    for (const JobSummary& job : run.jobs) {
      if (job.busy.empty()) unplaced_s += job.wall_s;
      busy.insert(busy.end(), job.busy.begin(), job.busy.end());
    }
    for (const BusyTime& time : busy) names.insert(time.device);
    wall_s += wall_seconds(busy);
    model.device_s += device_seconds(run.jobs);
  }
  model.devices = std::max<size_t>(1, names.size());
  if (unplaced_s > 0) model.devices = std::max(model.devices, devices);
  // A device works on one job at a time: only on several may jobs have run beside each other.
  if (unplaced_s <= 0 || model.devices == 1) model.wall_s = wall_s + unplaced_s;
}

}  // namespace

LatencyModel latency_model(const std::vector<RunSummary>& runs, bool by_task, size_t devices) {
  LatencyModel model;
  // The series of all charts have the same names.
  for (const ChartSeries& series : radar_model(runs, RadarAxes::benchmarks).series)
    model.columns.push_back(series.label);
  std::vector<Sums> rows;
  Sums sum;
  sum.row.label = "Sum";
  resize(sum, model.columns.size());
  size_t column = 0;
  for (const RunSummary& run : runs) {
    for (const RunColumn& one : run.columns) {
      for (int index : one.jobs) {
        const JobSummary& job = run.jobs[static_cast<size_t>(index)];
        std::string key = job.job.benchmark_id;
        if (by_task) key += "/" + job.job.task;
        add(row_of(rows, key, model.columns.size()), column, job);
        add(sum, column, job);
        model.remembered += job.remembered;
      }
      ++column;
    }
  }
  for (Sums& row : rows) model.rows.push_back(finished(std::move(row)));
  model.sum = finished(std::move(sum));
  add_run_times(model, runs, devices);
  return model;
}

std::string latency_caption(const LatencyModel& model, const FigureTheme& theme) {
  const std::string devices = number_text(model.devices, theme);
  const std::string busy = duration_text(model.device_s, theme);
  std::string text;
  if (model.devices == 1)
    text = sentence("1 device × %1 wall time", {duration_text(model.wall_s.value_or(0), theme)},
                    theme);
  else if (model.wall_s)
    text = sentence("%1 devices × %2 wall time, at work for %3 of device time",
                    {devices, duration_text(*model.wall_s, theme), busy}, theme);
  else
    text = sentence("%1 devices, at work for %2 of device time", {devices, busy}, theme);
  if (model.remembered == 1)
    text += "; " + word("1 answer is of an earlier run, with the time of that", theme);
  else if (model.remembered > 1)
    text += "; " + sentence("%1 answers are of earlier runs, with the times of those",
                            {number_text(model.remembered, theme)}, theme);
  return text;
}

Figure draw_latency(const LatencyModel& model, double width, double height,
                    const FigureTheme& theme) {
  FigureBuilder b(width, height, theme);
  b.figure.title = b.words("Time by benchmark");
  b.figure.description = latency_caption(model, theme);
  if (model.rows.empty()) {
    b.message(b.words("No times yet"));
    return b.figure;
  }
  draw_bar_chart(b, as_bars(b, model));
  std::erase_if(b.figure.hotspots,
                [](const Hotspot& spot) { return spot.key.starts_with("legend/"); });
  return b.figure;
}

}  // namespace loom
