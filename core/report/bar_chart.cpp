#include "core/report/bar_chart.h"

#include <algorithm>

namespace loom {
namespace {

struct BarPlot {
  double left = 0, top = 0, width = 0, height = 0;
  double row = 0;  // height of one bar with its space
  double x(double share) const { return left + width * share; }
};

double bar_rows(const BarChart& chart) {
  double rows = 0;
  for (const BarGroup& group : chart.groups)
    rows += std::max<double>(1, static_cast<double>(group.bars.size())) + 0.7;
  return rows;
}

BarPlot lay_out(FigureBuilder& b, const BarChart& chart) {
  double labels = 0, values = 0;
  for (const BarGroup& group : chart.groups) {
    labels = std::max(labels, b.width_of(group.label) + (group.warning.empty() ? 0 : b.em() * 1.5));
    for (const Bar& bar : group.bars) values = std::max(values, b.small_width_of(bar.text));
  }
  BarPlot plot;
  double below = footer_height(b, chart.footer) + b.line_height() * 2.2;
  plot.left = std::min(labels, b.figure.width * 0.36) + b.em() * 1.2;
  plot.width = b.figure.width - plot.left - values - b.em() * 1.3;
  plot.top = b.em() * 0.5;
  double rows = bar_rows(chart), smallest = b.line_height() * 0.95;
  b.figure.height = std::max(b.figure.height, below + plot.top + rows * smallest);
  plot.height = b.figure.height - below - plot.top;
  plot.row = std::min(plot.height / rows, b.line_height() * 2);
  // A few bars do not stretch over a tall figure; the figure ends where they end.
  if (plot.row * rows < plot.height) {
    b.figure.height -= plot.height - plot.row * rows;
    plot.height = plot.row * rows;
  }
  return plot;
}

void draw_axis(FigureBuilder& b, const BarChart& chart, const BarPlot& plot) {
  double bottom = plot.top + plot.height;
  b.rectangle(plot.left, plot.top, plot.width, plot.height, b.colors.band);
  double used = -1e9;
  for (const auto& [share, label] : chart.ticks) {
    b.line({plot.x(share), plot.top}, {plot.x(share), bottom}, {b.colors.grid, 0.6, {}});
    double half = b.small_width_of(label) / 2;
    if (plot.x(share) - half < used + b.em() * 0.5) continue;
    b.small_text({plot.x(share), bottom + b.line_height() * 0.65}, label, Align::center,
                 b.colors.muted);
    used = plot.x(share) + half;
  }
  b.line({plot.left, plot.top}, {plot.left, bottom}, {b.colors.frame, 0.8, {}});
  b.text({plot.left + plot.width / 2, bottom + b.line_height() * 1.65}, chart.axis_title,
         Align::center, b.colors.text);
}

void draw_bar(FigureBuilder& b, const BarPlot& plot, const Bar& bar, double middle) {
  SeriesStyle style = b.style(bar.series);
  double thickness = plot.row * 0.72, top = middle - thickness / 2;
  double width = plot.width * bar.length, solid = width * bar.solid_share;
  b.rectangle(plot.left, top, width, thickness, FigureBuilder::faint(style.color, 0.45));
  b.rectangle(plot.left, top, solid, thickness, style.color);
  b.bar_marker(plot.left, middle, solid, bar.series);
  double end = plot.x(bar.length);
  if (bar.interval) {
    double low = plot.x(bar.interval->first), high = plot.x(bar.interval->second);
    b.line({low, middle}, {high, middle}, {b.colors.text, 0.8, {}});
    for (double x : {low, high})
      b.line({x, middle - b.em() * 0.25}, {x, middle + b.em() * 0.25}, {b.colors.text, 0.8, {}});
    end = std::max(end, high);
  }
  b.small_text({end + b.em() * 0.5, middle}, bar.text, Align::left, b.colors.text);
  b.hotspot(plot.left, middle - plot.row / 2, plot.width, plot.row, bar.tip, bar.key);
}

void draw_label(FigureBuilder& b, const BarPlot& plot, const BarGroup& group, double middle) {
  double room = plot.left - b.em() * 0.7;
  double sign = group.warning.empty() ? 0 : b.em() * 1.5;
  std::string label = b.elided(group.label, room - sign);
  b.text({room, middle}, label, Align::right, b.colors.text);
  double left = room - b.width_of(label) - sign;
  if (sign > 0) b.warning_sign({left + b.em() * 0.55, middle});
  std::string tip = group.warning;
  if (tip.empty() && label != group.label) tip = group.label;
  if (!tip.empty())
    b.hotspot(left, middle - b.line_height() / 2, room - left, b.line_height(), tip, "");
}

}  // namespace

void draw_bar_chart(FigureBuilder& b, BarChart chart) {
  chart.footer.lines = false;
  for (const BarGroup& group : chart.groups)
    chart.footer.warning = chart.footer.warning || !group.warning.empty();
  BarPlot plot = lay_out(b, chart);
  draw_axis(b, chart, plot);
  double y = plot.top;
  for (const BarGroup& group : chart.groups) {
    double rows = std::max<double>(1, static_cast<double>(group.bars.size()));
    draw_label(b, plot, group, y + plot.row * (rows + 0.7) / 2);
    double middle = y + plot.row * 0.85;
    for (const Bar& bar : group.bars) {
      draw_bar(b, plot, bar, middle);
      middle += plot.row;
    }
    y += plot.row * (rows + 0.7);
  }
  draw_footer(b, chart.footer);
}

}  // namespace loom
