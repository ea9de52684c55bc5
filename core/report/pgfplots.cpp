#include "core/report/pgfplots.h"

#include <algorithm>
#include <cmath>

#include "core/report/pgfplots_axis.h"

namespace loom {
namespace {

constexpr const char* kPolar = "\\usepgfplotslibrary{polar}";
constexpr const char* kPatterns = "\\usetikzlibrary{patterns}";

size_t visible(const std::vector<ChartSeries>& series) {
  return static_cast<size_t>(
      std::count_if(series.begin(), series.end(), [](const auto& one) { return one.visible; }));
}

std::string pair_text(double x, double y) {
  return "(" + pgf_number(x) + "," + pgf_number(y) + ") ";
}

// The interval around a value, for "error bars" with explicit ends along one axis.
std::string around(const ChartValue& value, bool along_x) {
  if (!value.value || !value.low || !value.high) return "";
  const std::string up = pgf_number(*value.high - *value.value),
                    down = pgf_number(*value.value - *value.low);
  return along_x ? "+= (" + up + ",0) -= (" + down + ",0) "
                 : "+= (0," + up + ") -= (0," + down + ") ";
}

// Clockwise from the top; pgfplots counts against the clock from the right.
double angle(size_t axis, size_t axes) {
  const double degrees = 90.0 - 360.0 * static_cast<double>(axis) / static_cast<double>(axes);
  return degrees < 0 ? degrees + 360 : degrees;
}

// Lines from value to value; an axis without a value breaks them.
std::vector<std::string> radar_parts(const ChartSeries& series) {
  const size_t axes = series.values.size();
  size_t start = 0;
  while (start < axes && series.values[start].value) ++start;
  const bool whole = start == axes;
  std::vector<std::string> parts(1);
  for (size_t i = 0; i < axes + (whole ? 1 : 0); ++i) {
    const size_t axis = (start + i) % axes;
    if (const auto& value = series.values[axis].value)
      parts.back() += pair_text(angle(axis, axes), *value);
    else if (!parts.back().empty())
      parts.emplace_back();
  }
  std::erase(parts, "");
  return parts;
}

void add_radar_intervals(PgfAxis& axis, const ChartSeries& series, size_t index) {
  for (size_t i = 0; i < series.values.size(); ++i) {
    const ChartValue& value = series.values[i];
    if (!value.value || !value.low || !value.high) continue;
    const double at = angle(i, series.values.size());
    axis.plot(index, "solid, thin, mark=-, forget plot",
              pair_text(at, *value.low) + pair_text(at, *value.high));
  }
}

std::vector<double> counted(size_t n) {
  std::vector<double> numbers;
  for (size_t i = 0; i < n; ++i) numbers.push_back(static_cast<double>(i));
  return numbers;
}

PgfAxis bar_axis(double width, double height, const std::vector<std::string>& groups,
                 const std::string& title, size_t series) {
  PgfAxis axis("axis", width, height);
  axis.option("xbar, y dir=reverse, xmin=0, enlarge y limits={abs=0.6}, xlabel={" + title + "}");
  axis.ticks("y", counted(groups.size()), groups);
  axis.legend_below(series);
  return axis;
}

std::string bars_of_few_axes(const RadarModel& model, double width, double height) {
  PgfAxis axis = bar_axis(width, height, model.axes, "Score", visible(model.series));
  axis.option("xmax=100");
  for (size_t i = 0; i < model.series.size(); ++i) {
    const ChartSeries& series = model.series[i];
    if (!series.visible) continue;
    std::string coordinates;
    for (size_t at = 0; at < series.values.size(); ++at)
      if (series.values[at].value)
        coordinates += pair_text(*series.values[at].value, static_cast<double>(at)) +
                       around(series.values[at], true);
    axis.plot(i, "no marks, fill, error bars/.cd, x dir=both, x explicit", coordinates);
    axis.legend_entry(series.label);
  }
  return axis.source();
}

std::string legend_of_curve(const LengthCurveModel& model, size_t index) {
  std::string label = model.series[index].label;
  if (index >= model.effective_length.size()) return label;
  if (!model.effective_threshold && model.base_scores.empty()) return label;
  const auto& length = model.effective_length[index];
  return label + " (effective length " +
         (length ? length_text(*length) : "< " + length_text(model.lengths.front())) + ")";
}

void add_level(PgfAxis& axis, const LengthCurveModel& model, double score) {
  axis.add("\\addplot[gray, dashed, no marks, forget plot] coordinates {" +
           pair_text(static_cast<double>(model.lengths.front()), score) +
           pair_text(static_cast<double>(model.lengths.back()), score) + "};");
}

void add_cell(PgfAxis& axis, const ChartValue& cell, size_t row, size_t column) {
  const auto corner = [&](double shift) {
    return "(axis cs:" + pgf_number(static_cast<double>(column) + shift, 1) + "," +
           pgf_number(static_cast<double>(row) + shift, 1) + ")";
  };
  if (!cell.value) {
    axis.add("\\fill[pattern=north east lines, pattern color=gray] " + corner(-0.5) +
             " rectangle " + corner(0.5) + ";");
    return;
  }
  const Color fill = heat_color(*cell.value, false);
  const bool black = contrast_ratio({0, 0, 0}, fill) > contrast_ratio({255, 255, 255}, fill);
  axis.add("\\fill[fill=" + pgf_color(fill) + "] " + corner(-0.5) + " rectangle " + corner(0.5) +
           ";");
  axis.add("\\node[font=\\scriptsize, text=" + std::string(black ? "black" : "white") + "] at " +
           corner(0) + " {" + number_text(*cell.value, 0) + "};");
}

std::string colormap() {
  std::string map = "colormap={loomscope}{";
  for (int score = 0; score <= 100; score += 25) {
    const Color color = heat_color(score, false);
    map += "rgb255=(" + std::to_string(color.r) + "," + std::to_string(color.g) + "," +
           std::to_string(color.b) + ") ";
  }
  return map + "}";
}

}  // namespace

std::string pgfplots(const RadarModel& model, double width, double height) {
  if (model.axes.size() < 3) return bars_of_few_axes(model, width, height);
  // On unequal sides pgfplots draws an ellipse.
  const double side = std::min(width, height);
  PgfAxis axis("polaraxis", side, side, {kPolar});
  axis.option("ymin=0, ymax=100, ytick={20,40,60,80,100}");
  std::vector<double> angles;
  for (size_t i = 0; i < model.axes.size(); ++i) angles.push_back(angle(i, model.axes.size()));
  axis.ticks("x", angles, model.axes);
  axis.legend_below(visible(model.series));
  for (size_t i = 0; i < model.series.size(); ++i) {
    const ChartSeries& series = model.series[i];
    if (!series.visible) continue;
    const auto parts = radar_parts(series);
    for (size_t part = 0; part < parts.size(); ++part) {
      axis.plot(i, part > 0 ? "forget plot" : "", parts[part]);
      if (part == 0) axis.legend_entry(series.label);
    }
    add_radar_intervals(axis, series, i);
  }
  return axis.source();
}

std::string pgfplots(const LengthCurveModel& model, double width, double height) {
  PgfAxis axis("axis", width, height);
  axis.option("xmode=log, log basis x=2, ymin=0, ymax=100, grid=major, minor tick num=0");
  axis.option("xlabel={Length (tokens)}, ylabel={Score}, unbounded coords=jump");
  std::vector<double> at;
  std::vector<std::string> labels;
  for (size_t length : model.lengths) {
    at.push_back(static_cast<double>(length));
    labels.push_back(length_text(length));
  }
  axis.ticks("x", at, labels);
  axis.legend_below(visible(model.series));
  if (model.effective_threshold && !at.empty()) add_level(axis, model, *model.effective_threshold);
  for (size_t i = 0; i < model.series.size(); ++i) {
    const ChartSeries& series = model.series[i];
    if (!series.visible) continue;
    std::string coordinates;
    for (size_t length = 0; length < at.size(); ++length)
      coordinates += pair_text(at[length], series.values[length].value.value_or(std::nan(""))) +
                     around(series.values[length], false);
    axis.plot(i, "error bars/.cd, y dir=both, y explicit", coordinates);
    axis.legend_entry(legend_of_curve(model, i));
    if (i < model.base_scores.size() && model.base_scores[i])
      add_level(axis, model, kEffectiveShare * *model.base_scores[i]);
  }
  return axis.source();
}

std::string pgfplots(const HeatMapModel& model, double width, double height) {
  PgfAxis axis("axis", width, height, {kPatterns});
  axis.option("title={" + latex_text(model.task + " · " + model.label) + "}");
  axis.option("xlabel={Length (tokens)}, ylabel={Depth (\\%)}, y dir=reverse");
  axis.option("xmin=-0.5, xmax=" + pgf_number(static_cast<double>(model.lengths.size()) - 0.5, 1) +
              ", ymin=-0.5, ymax=" + pgf_number(static_cast<double>(model.depths.size()) - 0.5, 1));
  axis.option("colorbar, point meta min=0, point meta max=100, " + colormap());
  std::vector<std::string> lengths, depths;
  for (size_t length : model.lengths) lengths.push_back(length_text(length));
  for (double depth : model.depths) depths.push_back(number_text(depth, 0));
  axis.ticks("x", counted(lengths.size()), lengths);
  axis.ticks("y", counted(depths.size()), depths);
  for (size_t row = 0; row < model.depths.size(); ++row)
    for (size_t column = 0; column < model.lengths.size(); ++column)
      add_cell(axis, model.cells[row][column], row, column);
  return axis.source();
}

std::string pgfplots(const LatencyModel& model, double width, double height) {
  std::vector<std::string> rows;
  for (const LatencyRow& row : model.rows) rows.push_back(row.label);
  PgfAxis axis = bar_axis(width, height, rows, "Wall time (s)", model.columns.size());
  for (size_t column = 0; column < model.columns.size(); ++column) {
    std::string coordinates;
    for (size_t row = 0; row < model.rows.size(); ++row) {
      const LatencyRow::Cell& cell = model.rows[row].columns[column];
      if (cell.samples > 0 || cell.wall_s > 0)
        coordinates += pair_text(cell.wall_s, static_cast<double>(row));
    }
    axis.plot(column, "no marks, fill", coordinates);
    axis.legend_entry(model.columns[column]);
  }
  return axis.source();
}

}  // namespace loom
