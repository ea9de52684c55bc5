// The run at a glance: score cards, radar and times, and how many samples need a look.
#pragma once

#include <QWidget>

#include "ui/pages/results/run_results.h"
#include "ui/pages/results/samples_tab.h"

class QComboBox;
class QHBoxLayout;
class QToolButton;

namespace loom::ui {

class LatencyTableView;
class PartsTable;
class RadarView;
class ScoreCards;

class OverviewTab : public QWidget {
  Q_OBJECT
 public:
  explicit OverviewTab(QWidget* parent = nullptr);
  void set_results(const RunResults& results);
  RadarView& radar() { return *radar_; }
  LatencyTableView& latency() { return *latency_; }

 Q_SIGNALS:
  void jobs_chosen(const QString& label, const std::vector<int>& jobs);
  void only_chosen(loom::ui::SamplesTab::Only only);

 private:
  QHBoxLayout* create_chips();
  QWidget* create_charts();
  void set_chip(int chip, const QString& words, size_t count);
  void draw_radar();
  void draw_latency();
  void radar_activated(const QString& key);
  void choose(size_t column, const QString& label, const JobChoice& choice);

  RunSummary summary_;
  size_t devices_ = 1;
  ScoreCards* cards_ = nullptr;
  QList<QToolButton*> chips_;
  QComboBox *axes_ = nullptr, *rows_ = nullptr;
  RadarView* radar_ = nullptr;
  LatencyTableView* latency_ = nullptr;
  PartsTable* parts_ = nullptr;
};

}  // namespace loom::ui
