#include <algorithm>
#include <array>
#include <cmath>

#include "core/report/bar_chart.h"
#include "core/report/charts.h"

namespace loom {
namespace {

struct Tokens {
  size_t prefilled = 0, generated = 0;
};
// A row while it is added up.
struct Sums {
  LatencyRow row;
  std::vector<Tokens> tokens;
};

void resize(Sums& sums, size_t columns) {
  sums.row.columns.resize(columns);
  sums.tokens.resize(columns);
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
  sums.tokens[column].prefilled += job.tokens_prefilled;
  sums.tokens[column].generated += job.tokens_generated;
}

LatencyRow finished(Sums sums) {
  auto rate = [](size_t tokens, double seconds) -> std::optional<double> {
    if (tokens == 0 || seconds <= 0) return std::nullopt;
    return static_cast<double>(tokens) / seconds;
  };
  for (size_t i = 0; i < sums.row.columns.size(); ++i) {
    LatencyRow::Cell& cell = sums.row.columns[i];
    cell.prefill_tokens_per_s = rate(sums.tokens[i].prefilled, cell.timings.prefill_new_s);
    cell.decode_tokens_per_s = rate(sums.tokens[i].generated, cell.timings.decode_s);
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

std::string rate_text(const std::optional<double>& rate) {
  return rate ? number_text(*rate, *rate < 100 ? 1 : 0) + " tok/s" : "–";
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
  bar.text = duration_text(cell.wall_s);
  bar.tip = model.columns[column] + "\n" + model.rows[row].label + ": " + bar.text + "\n" +
            b.words("prefill") + " " + duration_text(prefill) + ", " +
            rate_text(cell.prefill_tokens_per_s) + "\n" + b.words("decode") + " " +
            duration_text(cell.timings.decode_s) + ", " + rate_text(cell.decode_tokens_per_s) +
            "\n" + b.words("peak memory") + " " + memory_text(cell.peak_memory_bytes) +
            "\nn = " + std::to_string(cell.samples);
  bar.key = std::to_string(row) + "/" + std::to_string(column);
  return bar;
}

BarChart as_bars(const FigureBuilder& b, const LatencyModel& model) {
  double seconds = std::max(longest(model), 0.1), step = tick_step(seconds);
  BarChart chart;
  chart.axis_title = b.words("Wall time");
  for (int i = 0; i * step <= seconds * 1.001; ++i)
    chart.ticks.push_back({i * step / seconds, i == 0 ? "0" : duration_text(i * step)});
  for (size_t row = 0; row < model.rows.size(); ++row) {
    BarGroup group{model.rows[row].label, "", {}};
    for (size_t column = 0; column < model.columns.size(); ++column)
      if (model.rows[row].columns[column].samples > 0 || model.rows[row].columns[column].wall_s > 0)
        group.bars.push_back(bar_of(b, model, row, column, seconds));
    chart.groups.push_back(group);
  }
  for (size_t column = 0; column < model.columns.size(); ++column)
    chart.footer.entries.push_back(
        {model.columns[column] + " (" + duration_text(model.sum.columns[column].wall_s) + ")",
         true});
  chart.footer.notes.push_back(b.words("Full colour: prefill, pale: decode"));
  if (!model.caption.empty()) chart.footer.notes.push_back(model.caption);
  return chart;
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
  double wall_s = 0;
  size_t remembered = 0;
  for (const RunSummary& run : runs) {
    for (const RunColumn& one : run.columns) {
      for (int index : one.jobs) {
        const JobSummary& job = run.jobs[static_cast<size_t>(index)];
        std::string key = job.job.benchmark_id;
        if (by_task) key += "/" + job.job.task;
        add(row_of(rows, key, model.columns.size()), column, job);
        add(sum, column, job);
        wall_s += job.wall_s;
        remembered += job.remembered;
      }
      ++column;
    }
  }
  for (Sums& row : rows) model.rows.push_back(finished(std::move(row)));
  model.sum = finished(std::move(sum));
  model.caption = std::to_string(devices) + (devices == 1 ? " device" : " devices") + " × " +
                  duration_text(wall_s) + " wall time";
  if (devices > 1)
    model.caption += " = " + duration_text(wall_s * static_cast<double>(devices)) + " device time";
  if (remembered > 0)
    model.caption += "; " + std::to_string(remembered) +
                     (remembered == 1 ? " answer is" : " answers are") +
                     " of earlier runs, with the times of those";
  return model;
}

Figure draw_latency(const LatencyModel& model, double width, double height,
                    const FigureTheme& theme) {
  FigureBuilder b(width, height, theme);
  b.figure.title = b.words("Time by benchmark");
  b.figure.description = model.caption;
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
