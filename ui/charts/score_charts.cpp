#include "ui/charts/score_charts.h"

#include "core/export/figure_caption.h"
#include "core/report/pgfplots.h"
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
  source.pgfplots = [model](double width, double height) { return pgfplots(model, width, height); };
  source.caption = QString::fromStdString(figure_caption(model));
  return source;
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
  source.aspect = 0.7;
  set_source(std::move(source));
}

}  // namespace loom::ui
