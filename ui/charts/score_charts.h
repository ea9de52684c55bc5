// The three charts of scores. set_model may be called as often as results arrive; what the reader
// switched off in the legend stays off while the series keep their labels.
#pragma once

#include "core/report/charts.h"
#include "ui/charts/chart_view.h"

namespace loom::ui {

class RadarView : public ChartView {
  Q_OBJECT
 public:
  explicit RadarView(QWidget* parent = nullptr);
  void set_model(RadarModel model);
  const RadarModel& model() const { return model_; }

 protected:
  void toggle_series(size_t series) override;

 private:
  void publish();
  RadarModel model_;
};

class LengthCurveView : public ChartView {
  Q_OBJECT
 public:
  explicit LengthCurveView(QWidget* parent = nullptr);
  void set_model(LengthCurveModel model);
  const LengthCurveModel& model() const { return model_; }

 protected:
  void toggle_series(size_t series) override;

 private:
  void publish();
  LengthCurveModel model_;
};

class HeatMapView : public ChartView {
  Q_OBJECT
 public:
  explicit HeatMapView(QWidget* parent = nullptr);
  void set_model(HeatMapModel model);
  const HeatMapModel& model() const { return model_; }

 private:
  HeatMapModel model_;
};

}  // namespace loom::ui
