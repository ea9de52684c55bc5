#include "core/report/difference_chart.h"

#include <algorithm>
#include <cmath>

#include "core/report/figure_footer.h"

namespace loom {
namespace {

struct DifferencePlot {
  double left = 0, top = 0, width = 0, height = 0;
  double row = 0;     // height of one task
  double reach = 10;  // the axis goes from -reach to reach
  double x(double points) const {
    return left + width * (std::clamp(points, -reach, reach) + reach) / (2 * reach);
  }
};

std::string signed_text(const FigureBuilder& b, double points, int decimals = 1) {
  return (points > 0 ? "+" : "") + number_text(points, decimals, b.theme);
}

double reach_of(const DifferenceModel& model) {
  double furthest = 0;
  for (const DifferenceRow& row : model.rows)
    for (const auto& value : row.values)
      if (value)
        furthest =
            std::max({furthest, std::abs(value->interval.low), std::abs(value->interval.high)});
  for (double reach : {10.0, 20.0, 40.0, 60.0, 80.0})
    if (furthest <= reach) return reach;
  return 100;
}

FigureFooter footer_of(const FigureBuilder& b, const DifferenceModel& model) {
  FigureFooter footer;
  for (const std::string& name : model.series) footer.entries.push_back({name, true});
  footer.notes.push_back(b.words("Right of zero: better than") + " " + model.baseline);
  return footer;
}

DifferencePlot lay_out(FigureBuilder& b, const DifferenceModel& model, const FigureFooter& footer) {
  DifferencePlot plot;
  plot.reach = reach_of(model);
  double labels = 0;
  for (const DifferenceRow& row : model.rows) labels = std::max(labels, b.width_of(row.label));
  plot.left = std::min(labels, b.figure.width * 0.4) + b.em() * 1.7;
  plot.width = b.figure.width - plot.left - b.small_width_of("+100.0") - b.em() * 1.5;
  plot.top = b.em() * 0.5;
  const double below = footer_height(b, footer) + b.line_height() * 2.2;
  const auto rows = static_cast<double>(model.rows.size());
  const double lines = std::max<double>(1, static_cast<double>(model.series.size()) * 0.7);
  plot.row = b.line_height() * (lines + 0.35);
  plot.height = plot.row * rows;
  b.figure.height = plot.top + plot.height + below;
  return plot;
}

void draw_axis(FigureBuilder& b, const DifferencePlot& plot) {
  const double bottom = plot.top + plot.height;
  b.rectangle(plot.left, plot.top, plot.width, plot.height, b.colors.band);
  for (int step = -2; step <= 2; ++step) {
    const double points = plot.reach * step / 2;
    const bool zero = step == 0;
    b.line({plot.x(points), plot.top}, {plot.x(points), bottom},
           {zero ? b.colors.text : b.colors.grid, zero ? 1.0 : 0.6, {}});
    b.small_text({plot.x(points), bottom + b.line_height() * 0.65}, signed_text(b, points, 0),
                 Align::center, b.colors.muted);
  }
  b.text({plot.left + plot.width / 2, bottom + b.line_height() * 1.65},
         b.words("Difference in points, 95 % interval"), Align::center, b.colors.text);
}

std::string tip_of(const FigureBuilder& b, const DifferenceModel& model, const DifferenceRow& row,
                   size_t series) {
  const PairedDifference& value = *row.values[series];
  return row.label + "\n" + model.series[series] + ": " + signed_text(b, value.mean) + " (" +
         signed_text(b, value.interval.low) + " – " + signed_text(b, value.interval.high) +
         ")\nn = " + number_text(value.n, b.theme) + ", p = " + number_text(value.p, 3, b.theme);
}

void draw_row(FigureBuilder& b, const DifferencePlot& plot, const DifferenceModel& model,
              size_t at) {
  const DifferenceRow& row = model.rows[at];
  const double top = plot.top + plot.row * static_cast<double>(at);
  const double middle = top + plot.row / 2;
  b.text({plot.left - b.em() * 0.7, middle}, b.elided(row.label, plot.left - b.em() * 1.2),
         Align::right, b.colors.text);
  const auto count = static_cast<double>(model.series.size());
  for (size_t series = 0; series < row.values.size(); ++series) {
    const double y = top + plot.row * (static_cast<double>(series) + 1) / (count + 1);
    if (!row.values[series]) {
      b.small_text({plot.x(0) + b.em() * 0.5, y}, b.words("too few pairs"), Align::left,
                   b.colors.muted);
      continue;
    }
    const PairedDifference& value = *row.values[series];
    const Color color = b.style(series).color;
    b.line({plot.x(value.interval.low), y}, {plot.x(value.interval.high), y}, {color, 1.4, {}});
    b.marker({plot.x(value.mean), y}, series, color);
    if (model.series.size() == 1)
      b.small_text({plot.left + plot.width + b.em() * 0.6, middle}, signed_text(b, value.mean),
                   Align::left, b.colors.text);
    b.hotspot_around({plot.x(value.mean), y}, tip_of(b, model, row, series),
                     std::to_string(at) + "/" + std::to_string(series));
  }
}

}  // namespace

void sort_by_difference(DifferenceModel& model) {
  auto rank = [](const DifferenceRow& row) {
    return row.values.empty() || !row.values[0] ? -1e9 : row.values[0]->mean;
  };
  std::stable_sort(model.rows.begin(), model.rows.end(),
                   [&](const auto& a, const auto& b) { return rank(a) > rank(b); });
}

Figure draw_differences(const DifferenceModel& model, double width, double height,
                        const FigureTheme& theme) {
  FigureBuilder b(width, height, theme);
  b.figure.title = b.words("Differences per task");
  if (model.rows.empty()) {
    b.message(b.words("No shared samples"));
    return std::move(b.figure);
  }
  const FigureFooter footer = footer_of(b, model);
  const DifferencePlot plot = lay_out(b, model, footer);
  draw_axis(b, plot);
  for (size_t at = 0; at < model.rows.size(); ++at) draw_row(b, plot, model, at);
  draw_footer(b, footer);
  return std::move(b.figure);
}

ChartTable to_table(const DifferenceModel& model) {
  ChartTable table{{"Task", "Run", "Difference", "Low", "High", "p", "n"}, {}, 2};
  for (const DifferenceRow& row : model.rows)
    for (size_t i = 0; i < row.values.size(); ++i) {
      if (!row.values[i]) continue;
      const PairedDifference& value = *row.values[i];
      table.rows.push_back({row.label, model.series[i], number_text(value.mean, 2),
                            number_text(value.interval.low, 2), number_text(value.interval.high, 2),
                            number_text(value.p, 4), std::to_string(value.n)});
    }
  return table;
}

}  // namespace loom
