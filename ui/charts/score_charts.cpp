#include "ui/charts/score_charts.h"

#include "ui/charts/figure_view.h"

namespace loom::ui {
namespace {

// What is off stays off while the label stays.
void keep_hidden(const std::vector<ChartSeries>& before, std::vector<ChartSeries>& now) {
  for (const ChartSeries& old : before)
    for (ChartSeries& series : now)
      if (series.label == old.label && !old.visible) series.visible = false;
}

template <typename Model, typename Draw>
FigureSource source_of(const Model& model, Draw draw) {
  FigureSource source;
  source.draw = [model, draw](double width, double height, const FigureTheme& theme) {
    return draw(model, width, height, theme);
  };
  source.table = [model] { return to_table(model); };
  return source;
}

QString interval_words() {
  return ChartView::tr(
      "Bars are 95 % intervals: Wilson for right-or-wrong scores, otherwise "
      "bootstrap. Truncated samples are counted and marked.");
}

}  // namespace

RadarView::RadarView(QWidget* parent) : ChartView(parent) {
  set_title(tr("Scores"));
  publish();
}

void RadarView::set_model(RadarModel model) {
  keep_hidden(model_.series, model.series);
  model_ = std::move(model);
  publish();
}

void RadarView::toggle_series(size_t series) {
  if (series >= model_.series.size()) return;
  model_.series[series].visible = !model_.series[series].visible;
  publish();
}

void RadarView::publish() {
  FigureSource source = source_of(model_, draw_radar);
  source.file_stem = QStringLiteral("radar");
  source.caption = tr("Mean scores from 0 to 100.") + u' ' + interval_words();
  source.aspect = 0.9;
  set_source(std::move(source));
}

LengthCurveView::LengthCurveView(QWidget* parent) : ChartView(parent) {
  set_title(tr("Score by length"));
  publish();
}

void LengthCurveView::set_model(LengthCurveModel model) {
  keep_hidden(model_.series, model.series);
  model_ = std::move(model);
  publish();
}

void LengthCurveView::toggle_series(size_t series) {
  if (series >= model_.series.size()) return;
  model_.series[series].visible = !model_.series[series].visible;
  publish();
}

void LengthCurveView::publish() {
  FigureSource source = source_of(model_, draw_length_curve);
  source.file_stem = QStringLiteral("length");
  source.caption =
      tr("Mean score from 0 to 100 by length of the prompt in tokens.") + u' ' + interval_words();
  if (!model_.benchmark.empty())
    source.caption += u' ' + tr("Tasks of %1.").arg(QString::fromStdString(model_.benchmark));
  if (!model_.task.empty())
    source.caption += u' ' + tr("Task %1. The base score is the mean over its pairs of needle and "
                                "question of each one's best accuracy at up to 1k tokens; the "
                                "effective length is the longest that keeps 85 % of it.")
                                 .arg(QString::fromStdString(model_.task));
  source.aspect = 0.7;
  set_source(std::move(source));
}

HeatMapView::HeatMapView(QWidget* parent) : ChartView(parent) {
  set_title(tr("Score by length and depth"));
  set_model({});
}

void HeatMapView::set_model(HeatMapModel model) {
  model_ = std::move(model);
  FigureSource source = source_of(model_, draw_heat_map);
  source.file_stem = QStringLiteral("heatmap");
  source.caption =
      tr("Mean score from 0 to 100 by length of the prompt in tokens and place of the "
         "evidence in the document (0 % is its start). Hatched cells have no samples.");
  source.aspect = 0.7;
  set_source(std::move(source));
}

}  // namespace loom::ui
