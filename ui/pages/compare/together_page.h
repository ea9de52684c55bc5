// The results of two to six runs on one page: radar and scores, lengths and times, a series for
// each run and model. Differences with their intervals are the Compare page's.
#pragma once

#include "ui/pages/compare/together.h"
#include "ui/pages/page.h"
#include "ui/view_models/history_reader.h"

class QCheckBox;
class QComboBox;
class QLabel;
class QStackedWidget;
class QTableView;
class QTabWidget;

namespace loom::ui {

class LatencyTableView;
class LengthCurveView;
class RadarView;
class SeriesTableModel;
class SettingsWarning;
class Workspace;

class TogetherPage : public Page {
  Q_OBJECT
 public:
  explicit TogetherPage(Workspace& workspace, QWidget* parent = nullptr);
  QString title() const override { return tr("Results of several runs"); }
  QString help_topic() const override { return QStringLiteral("compare"); }
  QAction* primary_action() override { return compare_; }
  void refresh() override;

  void show_runs(const QList<qint64>& runs);
  QString warning() const;
  RadarView& radar() { return *radar_; }
  LengthCurveView& lengths() { return *lengths_; }
  LatencyTableView& latency() { return *latency_; }

 Q_SIGNALS:
  void loaded();

 private:
  QWidget* create_choices();
  QWidget* create_overview();
  void create_tabs();
  void show_together(Result<Together> together);
  void draw();
  const std::vector<RunSummary>& summaries() const;
  void open_series(size_t series);

  HistoryReader* history_ = nullptr;
  QList<qint64> runs_;
  Together together_;
  QAction* compare_ = nullptr;
  SettingsWarning* warning_ = nullptr;
  QCheckBox* only_shared_ = nullptr;
  QLabel *tasks_ = nullptr, *message_ = nullptr, *no_lengths_ = nullptr;
  QStackedWidget* stack_ = nullptr;
  QTabWidget* tabs_ = nullptr;
  QComboBox* axes_ = nullptr;
  RadarView* radar_ = nullptr;
  SeriesTableModel* scores_ = nullptr;
  QTableView* table_ = nullptr;
  LengthCurveView* lengths_ = nullptr;
  LatencyTableView* latency_ = nullptr;
};

}  // namespace loom::ui
