// How scores change with the length of the prompt and with the depth of the evidence.
#pragma once

#include <QWidget>
#include <optional>

#include "core/report/charts.h"
#include "ui/pages/results/run_results.h"

class QComboBox;
class QStackedWidget;

namespace loom::ui {

class HeatMapView;
class LengthCurveView;

class LengthsTab : public QWidget {
  Q_OBJECT
 public:
  explicit LengthsTab(QWidget* parent = nullptr);
  void set_results(const RunResults& results);
  LengthCurveView& curve() { return *curve_; }
  HeatMapView& heat_map() { return *heat_map_; }

 Q_SIGNALS:
  void jobs_chosen(const QString& label, const std::vector<int>& jobs);
  void cell_chosen(const QString& label, const std::vector<int>& jobs,
                   const std::pair<double, double>& depths);

 private:
  QWidget* create_charts();
  QWidget* create_curve();
  void fill_curves();
  QString first_curve() const;  // where the reader has not chosen
  void draw_curve();
  void fill_tasks();
  void draw_heat_map();
  void curve_activated(const QString& key);
  void heat_map_activated(const QString& key);

  RunSummary summary_;
  std::vector<HeatMapModel> maps_;
  QStackedWidget* stack_ = nullptr;
  QComboBox* curve_task_ = nullptr;      // all tasks, a benchmark's, or one with a base score
  std::optional<QString> chosen_curve_;  // by the reader
  LengthCurveView* curve_ = nullptr;
  QComboBox* task_ = nullptr;
  QStackedWidget* map_stack_ = nullptr;
  HeatMapView* heat_map_ = nullptr;
};

}  // namespace loom::ui
