#include <algorithm>
#include <cmath>

#include "core/report/bar_chart.h"
#include "core/report/charts.h"
#include "core/report/figure_footer.h"
#include "core/report/radar_layout.h"

namespace loom {
namespace {

constexpr size_t kMostFilled = 3;

// Capabilities have names in the window's language; benchmarks and tasks are ids.
std::string axis_name(const FigureBuilder& b, const RadarModel& model, size_t axis) {
  return b.words(model.axes[axis].c_str());
}

std::string tip_of(const FigureBuilder& b, const RadarModel& model, size_t series, size_t axis) {
  const ChartValue& value = model.series[series].values[axis];
  return model.series[series].label + "\n" + axis_name(b, model, axis) + ": " +
         value_text(value, b.theme) + "\n" + count_text(value, b.theme);
}

// Why an axis carries a sign; empty: it carries none.
std::string incomplete(const FigureBuilder& b, const RadarModel& model, size_t axis) {
  std::string tip;
  for (const ChartSeries& series : model.series) {
    const ChartValue& value = series.values[axis];
    if (!series.visible || value.incomplete() == 0) continue;
    tip += "\n" + series.label + ": " + count_text(value, b.theme);
  }
  return tip.empty() ? tip : axis_name(b, model, axis) + tip;
}

void draw_rings(FigureBuilder& b, const RadarLayout& layout) {
  size_t axes = layout.labels.size();
  for (int ring = 100; ring >= 20; ring -= 20) {
    std::vector<Point> corners;
    for (size_t axis = 0; axis < axes; ++axis) corners.push_back(layout.at(axis, ring));
    b.polyline(corners, true, {ring == 100 ? b.colors.frame : b.colors.grid, 0.6, {}},
               ring == 100 ? b.colors.band : Color{0, 0, 0, 0});
  }
  for (size_t axis = 0; axis < axes; ++axis)
    b.line(layout.center, layout.at(axis, 100), {b.colors.grid, 0.6, {}});
}

// Left of the first axis, where interval caps do not reach.
void draw_ring_numbers(FigureBuilder& b, const RadarLayout& layout) {
  for (int ring = 20; ring <= 100; ring += 20) {
    Point at = layout.at(0, ring);
    b.small_text({at.x - b.em() * 0.6, at.y + b.em() * 0.1}, number_text(ring, 0, b.theme),
                 Align::right, b.colors.muted);
  }
}

void draw_labels(FigureBuilder& b, const RadarModel& model, const RadarLayout& layout) {
  for (size_t axis = 0; axis < layout.labels.size(); ++axis) {
    const RadarLabel& label = layout.labels[axis];
    double sign = label.warning ? b.em() * 1.5 : 0;
    double y = label.top + b.line_height() / 2;
    double height = static_cast<double>(label.lines.size()) * b.line_height();
    if (label.warning) {
      b.warning_sign({label.left() + b.em() * 0.55, y});
      b.hotspot(label.left(), label.top, label.width, height, incomplete(b, model, axis), "");
    }
    double x = label.align == Align::left     ? label.x + sign
               : label.align == Align::center ? label.x + sign / 2
                                              : label.x;
    for (const std::string& line : label.lines) {
      b.text({x, y}, line, label.align, b.colors.text);
      y += b.line_height();
    }
  }
}

// Lines from value to value; an axis without a value breaks them.
std::vector<std::vector<Point>> parts_of(const RadarLayout& layout, const ChartSeries& series) {
  size_t n = series.values.size(), start = 0;
  while (start < n && series.values[start].value) ++start;
  std::vector<std::vector<Point>> parts(1);
  for (size_t i = 0; i < n; ++i) {
    size_t axis = (start + i) % n;
    if (series.values[axis].value)
      parts.back().push_back(layout.at(axis, *series.values[axis].value));
    else
      parts.emplace_back();
  }
  return parts;
}

void draw_lines(FigureBuilder& b, const RadarLayout& layout, const ChartSeries& series,
                size_t index, bool filled) {
  SeriesStyle style = b.style(index);
  bool whole = std::all_of(series.values.begin(), series.values.end(),
                           [](const ChartValue& v) { return v.value.has_value(); });
  for (const std::vector<Point>& part : parts_of(layout, series)) {
    if (part.size() < 2) continue;
    Color fill = whole && filled ? FigureBuilder::faint(style.color, 0.12) : Color{0, 0, 0, 0};
    b.polyline(part, whole, {style.color, 1.5, style.dash}, fill);
  }
}

void draw_intervals(FigureBuilder& b, const RadarLayout& layout, const ChartSeries& series,
                    size_t index) {
  Stroke stroke{b.style(index).color, 0.9, {}};
  double cap = b.em() * 0.2;
  for (size_t axis = 0; axis < series.values.size(); ++axis) {
    const ChartValue& value = series.values[axis];
    if (!value.value || !value.low || !value.high) continue;
    Point to = layout.direction(axis);
    Point low = layout.at(axis, *value.low), high = layout.at(axis, *value.high);
    b.line(low, high, stroke);
    for (Point end : {low, high})
      b.line({end.x - to.y * cap, end.y + to.x * cap}, {end.x + to.y * cap, end.y - to.x * cap},
             stroke);
  }
}

void draw_points(FigureBuilder& b, const RadarModel& model, const RadarLayout& layout,
                 size_t index) {
  const ChartSeries& series = model.series[index];
  Color color = b.style(index).color;
  for (size_t axis = 0; axis < series.values.size(); ++axis) {
    const ChartValue& value = series.values[axis];
    if (!value.value) continue;
    b.marker(layout.at(axis, *value.value), index, color);
    b.hotspot_around(layout.at(axis, *value.value), tip_of(b, model, index, axis),
                     std::to_string(index) + "/" + std::to_string(axis));
  }
}

BarChart as_bars(const FigureBuilder& b, const RadarModel& model) {
  BarChart chart;
  chart.footer.entries = legend_of(model.series);
  chart.axis_title = b.words("Score");
  for (int tick = 0; tick <= 100; tick += 20)
    chart.ticks.push_back({tick / 100.0, number_text(tick, 0, b.theme)});
  for (size_t axis = 0; axis < model.axes.size(); ++axis) {
    BarGroup group{axis_name(b, model, axis), incomplete(b, model, axis), {}};
    for (size_t i = 0; i < model.series.size(); ++i) {
      const ChartValue& value = model.series[i].values[axis];
      if (!model.series[i].visible || !value.value) continue;
      Bar bar;
      bar.series = i;
      bar.length = *value.value / 100;
      if (value.low && value.high) bar.interval = {*value.low / 100, *value.high / 100};
      bar.text = number_text(*value.value, 1, b.theme);
      bar.tip = tip_of(b, model, i, axis);
      bar.key = std::to_string(i) + "/" + std::to_string(axis);
      group.bars.push_back(bar);
    }
    chart.groups.push_back(group);
  }
  return chart;
}

void describe(Figure& figure, const FigureBuilder& b, const RadarModel& model) {
  figure.title = b.words("Scores");
  for (const ChartSeries& series : model.series) {
    if (!series.visible) continue;
    if (!figure.description.empty()) figure.description += "\n";
    figure.description += series.label + ":";
    for (size_t axis = 0; axis < model.axes.size(); ++axis)
      figure.description += (axis > 0 ? ", " : " ") + axis_name(b, model, axis) + " " +
                            value_text(series.values[axis], b.theme);
  }
}

}  // namespace

Figure draw_radar(const RadarModel& model, double width, double height, const FigureTheme& theme) {
  FigureBuilder b(width, height, theme);
  describe(b.figure, b, model);
  if (model.axes.empty() || model.series.empty()) {
    b.message(b.words("No scores yet"));
    return b.figure;
  }
  if (model.axes.size() < 3) {
    draw_bar_chart(b, as_bars(b, model));
    return b.figure;
  }
  FigureFooter footer{legend_of(model.series), {}, has_incomplete(model.series), true};
  std::vector<bool> warnings;
  std::vector<std::string> names;
  for (size_t axis = 0; axis < model.axes.size(); ++axis) {
    warnings.push_back(!incomplete(b, model, axis).empty());
    names.push_back(axis_name(b, model, axis));
  }
  double below = footer_height(b, footer);
  b.figure.height = std::max(height, below + std::min(width, b.em() * 18));
  RadarLayout layout = lay_out_radar(b, names, warnings, b.figure.height - below);
  draw_rings(b, layout);
  auto shown = static_cast<size_t>(std::count_if(model.series.begin(), model.series.end(),
                                                 [](const ChartSeries& s) { return s.visible; }));
  for (size_t i = 0; i < model.series.size(); ++i)
    if (model.series[i].visible) draw_lines(b, layout, model.series[i], i, shown <= kMostFilled);
  draw_ring_numbers(b, layout);
  for (size_t i = 0; i < model.series.size(); ++i)
    if (model.series[i].visible) draw_intervals(b, layout, model.series[i], i);
  for (size_t i = 0; i < model.series.size(); ++i)
    if (model.series[i].visible) draw_points(b, model, layout, i);
  draw_labels(b, model, layout);
  draw_footer(b, footer);
  return b.figure;
}

}  // namespace loom
