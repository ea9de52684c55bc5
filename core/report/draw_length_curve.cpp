#include <algorithm>
#include <cmath>

#include "core/report/charts.h"
#include "core/report/figure_footer.h"

namespace loom {
namespace {

struct CurvePlot {
  double left = 0, top = 0, width = 0, height = 0;
  double first = 0, last = 0;  // log2 of tokens
  double x(size_t tokens) const {
    if (last <= first) return left + width / 2;
    return left + width * (std::log2(static_cast<double>(tokens)) - first) / (last - first);
  }
  double y(double score) const { return top + height * (1 - score / 100); }
};

CurvePlot lay_out(FigureBuilder& b, const LengthCurveModel& model, double below) {
  CurvePlot plot;
  double axis = b.line_height() * 2.3;
  plot.left = b.line_height() * 1.3 + b.small_width_of("100") + b.em();
  plot.top = b.line_height() * 0.8;
  b.figure.height = std::max(b.figure.height, plot.top + axis + below + b.em() * 11);
  plot.width = b.figure.width - plot.left - b.em() * 1.8;
  plot.height = b.figure.height - plot.top - axis - below;
  double margin = 0.06;  // markers at the ends stay off the frame
  plot.first = std::log2(static_cast<double>(std::max<size_t>(1, model.lengths.front())));
  plot.last = std::log2(static_cast<double>(std::max<size_t>(1, model.lengths.back())));
  double span = plot.last - plot.first;
  plot.first -= span * margin;
  plot.last += span * margin;
  return plot;
}

void draw_axes(FigureBuilder& b, const LengthCurveModel& model, const CurvePlot& plot) {
  double bottom = plot.top + plot.height, right = plot.left + plot.width;
  b.rectangle(plot.left, plot.top, plot.width, plot.height, b.colors.band);
  for (int score = 0; score <= 100; score += 20) {
    double y = plot.y(score);
    b.line({plot.left, y}, {right, y}, {b.colors.grid, 0.6, {}});
    b.small_text({plot.left - b.em() * 0.5, y}, number_text(score, 0, b.theme), Align::right,
                 b.colors.muted);
  }
  double used = -1e9;
  for (size_t length : model.lengths) {
    double x = plot.x(length);
    b.line({x, bottom}, {x, bottom + b.em() * 0.35}, {b.colors.frame, 0.8, {}});
    std::string label = length_text(length, b.theme);
    double half = b.small_width_of(label) / 2;
    if (x - half < used + b.em() * 0.5) continue;
    b.small_text({x, bottom + b.line_height() * 0.85}, label, Align::center, b.colors.muted);
    used = x + half;
  }
  b.line({plot.left, bottom}, {right, bottom}, {b.colors.frame, 0.8, {}});
  b.line({plot.left, plot.top}, {plot.left, bottom}, {b.colors.frame, 0.8, {}});
  b.text({plot.left + plot.width / 2, bottom + b.line_height() * 1.8}, b.words("Length (tokens)"),
         Align::center, b.colors.text);
  b.vertical_text({b.line_height() * 0.6, plot.top + plot.height / 2}, b.words("Score"),
                  b.colors.text);
}

// The score above which a series keeps its effective length.
std::optional<double> threshold_of(const LengthCurveModel& model, size_t index) {
  if (model.base_scores.empty()) return model.effective_threshold;
  const auto& base = model.base_scores[index];
  return base ? std::optional(kEffectiveShare * *base) : std::nullopt;
}

// Each model's own: a dotted line at its base score, a dashed one at the share of it that counts.
void draw_base_scores(FigureBuilder& b, const LengthCurveModel& model, const CurvePlot& plot) {
  const double right = plot.left + plot.width;
  std::vector<double> labels;
  for (size_t i = 0; i < model.base_scores.size(); ++i) {
    if (!model.series[i].visible || !model.base_scores[i]) continue;
    const Color color = b.style(i).color;
    const double base = plot.y(*model.base_scores[i]), least = plot.y(*threshold_of(model, i));
    b.line({plot.left, base}, {right, base}, {color, 0.8, {0.8, 2}});
    b.line({plot.left, least}, {right, least}, {color, 0.8, {3, 2}});
    // One number where two lines nearly meet; the legend has each model's own.
    const auto near = [&](double y) { return std::abs(y - least) < b.line_height(); };
    if (std::any_of(labels.begin(), labels.end(), near)) continue;
    b.small_text({right - b.em() * 0.4, least + b.line_height() * 0.6},
                 number_text(*threshold_of(model, i), 1, b.theme), Align::right, b.colors.muted);
    labels.push_back(least);
  }
}

void draw_threshold(FigureBuilder& b, const LengthCurveModel& model, const CurvePlot& plot) {
  draw_base_scores(b, model, plot);
  if (!model.effective_threshold) return;
  double y = plot.y(*model.effective_threshold), right = plot.left + plot.width;
  b.line({plot.left, y}, {right, y}, {b.colors.muted, 0.8, {3, 2}});
  b.small_text({right - b.em() * 0.4, y + b.line_height() * 0.6},
               number_text(*model.effective_threshold, 1, b.theme), Align::right, b.colors.muted);
}

// Runs of lengths with values: gaps stay gaps.
template <typename Has>
std::vector<std::pair<size_t, size_t>> runs_of(const ChartSeries& series, Has has) {
  std::vector<std::pair<size_t, size_t>> runs;
  for (size_t i = 0; i < series.values.size(); ++i) {
    if (!has(series.values[i])) continue;
    if (!runs.empty() && runs.back().second == i)
      ++runs.back().second;
    else
      runs.push_back({i, i + 1});
  }
  return runs;
}

void draw_band(FigureBuilder& b, const LengthCurveModel& model, const CurvePlot& plot,
               size_t index) {
  const ChartSeries& series = model.series[index];
  Color color = b.style(index).color;
  auto has = [](const ChartValue& v) { return v.low && v.high; };
  for (auto [begin, end] : runs_of(series, has)) {
    if (end - begin == 1) {
      double x = plot.x(model.lengths[begin]);
      b.line({x, plot.y(*series.values[begin].low)}, {x, plot.y(*series.values[begin].high)},
             {color, 0.9, {}});
      continue;
    }
    std::vector<Point> band;
    for (size_t i = begin; i < end; ++i)
      band.push_back({plot.x(model.lengths[i]), plot.y(*series.values[i].high)});
    for (size_t i = end; i > begin; --i)
      band.push_back({plot.x(model.lengths[i - 1]), plot.y(*series.values[i - 1].low)});
    b.polyline(band, true, {color, 0, {}}, FigureBuilder::faint(color, 0.14));
  }
}

std::string tip_of(const FigureBuilder& b, const LengthCurveModel& model, size_t series,
                   size_t at) {
  const ChartValue& value = model.series[series].values[at];
  return model.series[series].label + "\n" + length_text(model.lengths[at], b.theme) + ": " +
         value_text(value, b.theme) + "\n" + count_text(value, b.theme);
}

void draw_curve(FigureBuilder& b, const LengthCurveModel& model, const CurvePlot& plot,
                size_t index) {
  const ChartSeries& series = model.series[index];
  SeriesStyle style = b.style(index);
  auto has = [](const ChartValue& v) { return v.value.has_value(); };
  for (auto [begin, end] : runs_of(series, has)) {
    std::vector<Point> curve;
    for (size_t i = begin; i < end; ++i)
      curve.push_back({plot.x(model.lengths[i]), plot.y(*series.values[i].value)});
    if (curve.size() > 1) b.polyline(curve, false, {style.color, 1.5, style.dash});
    for (size_t i = begin; i < end; ++i) {
      const ChartValue& value = series.values[i];
      b.marker(curve[i - begin], index, style.color);
      if (value.incomplete() > 0)
        b.warning_sign({curve[i - begin].x, curve[i - begin].y - b.em() * 1.1});
      b.hotspot_around(curve[i - begin], tip_of(b, model, index, i),
                       std::to_string(index) + "/" + std::to_string(i));
    }
  }
}

// A line from the last point above the threshold down to its length.
void draw_effective(FigureBuilder& b, const LengthCurveModel& model, const CurvePlot& plot,
                    size_t index) {
  const auto threshold = threshold_of(model, index);
  if (!threshold || !model.effective_length[index]) return;
  double x = plot.x(*model.effective_length[index]);
  // Models with the same effective length stand side by side.
  size_t before = 0;
  for (size_t i = 0; i < index; ++i)
    before += model.series[i].visible && model.effective_length[i] == model.effective_length[index];
  x += static_cast<double>(before) * b.em() * 0.4;
  b.line({x, plot.y(*threshold)}, {x, plot.top + plot.height},
         {b.style(index).color, 0.9, {1.5, 1.5}});
}

FigureFooter footer_of(const FigureBuilder& b, const LengthCurveModel& model) {
  FigureFooter footer{legend_of(model.series), {}, has_incomplete(model.series), true};
  const bool base = !model.base_scores.empty();
  if (!model.effective_threshold && !base) return footer;
  for (size_t i = 0; i < model.series.size(); ++i) {
    if (!threshold_of(model, i)) continue;
    const auto& length = model.effective_length[i];
    footer.entries[i].label +=
        " (" +
        (base ? b.words("base score") + " " + number_text(*model.base_scores[i], 1, b.theme) + ", "
              : "") +
        b.words("effective length") + " " +
        (length ? length_text(*length, b.theme)
                : "< " + length_text(model.lengths.front(), b.theme)) +
        ")";
  }
  if (base) {
    footer.notes.push_back(b.words("Dotted: base score, each pair's best of up to 1k tokens"));
    footer.notes.push_back(b.words("Dashed: 85 % of it") + ". " +
                           b.words("Effective length: the longest that keeps it"));
    return footer;
  }
  footer.notes.push_back(b.words("Effective length: the longest that scores above") + " " +
                         number_text(*model.effective_threshold, 1, b.theme));
  return footer;
}

void describe(FigureBuilder& b, const LengthCurveModel& model) {
  b.figure.title = b.words("Score by length");
  if (!model.task.empty() || !model.benchmark.empty())
    b.figure.title += ": " + (model.task.empty() ? model.benchmark : model.task);
  for (const ChartSeries& series : model.series) {
    if (!series.visible) continue;
    if (!b.figure.description.empty()) b.figure.description += "\n";
    b.figure.description += series.label + ":";
    for (size_t i = 0; i < model.lengths.size(); ++i)
      b.figure.description += (i > 0 ? ", " : " ") + length_text(model.lengths[i], b.theme) + " " +
                              value_text(series.values[i], b.theme);
    const auto at = static_cast<size_t>(&series - model.series.data());
    if (at < model.base_scores.size() && model.base_scores[at])
      b.figure.description +=
          "; " + b.words("base score") + " " + number_text(*model.base_scores[at], 1, b.theme);
  }
}

}  // namespace

Figure draw_length_curve(const LengthCurveModel& model, double width, double height,
                         const FigureTheme& theme) {
  FigureBuilder b(width, height, theme);
  describe(b, model);
  if (model.lengths.empty() || model.series.empty()) {
    b.message(b.words("No scores by length yet"));
    return b.figure;
  }
  FigureFooter footer = footer_of(b, model);
  CurvePlot plot = lay_out(b, model, footer_height(b, footer));
  draw_axes(b, model, plot);
  for (size_t i = 0; i < model.series.size(); ++i)
    if (model.series[i].visible) draw_band(b, model, plot, i);
  draw_threshold(b, model, plot);
  for (size_t i = 0; i < model.series.size(); ++i)
    if (model.series[i].visible) draw_effective(b, model, plot, i);
  for (size_t i = 0; i < model.series.size(); ++i)
    if (model.series[i].visible) draw_curve(b, model, plot, i);
  draw_footer(b, footer);
  return b.figure;
}

}  // namespace loom
