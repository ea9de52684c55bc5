// The differences per task as a chart with data, copy and export.
#pragma once

#include "core/report/difference_chart.h"
#include "ui/charts/chart_view.h"

namespace loom::ui {

class DifferenceView : public ChartView {
  Q_OBJECT
 public:
  explicit DifferenceView(QWidget* parent = nullptr);
  void set_model(DifferenceModel model);
  const DifferenceModel& model() const { return model_; }

 private:
  DifferenceModel model_;
};

}  // namespace loom::ui
