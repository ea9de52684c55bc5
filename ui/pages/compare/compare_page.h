// Two to six runs side by side: what differs in their settings, in their scores per task, and in
// their answers.
#pragma once

#include "ui/pages/compare/comparison.h"
#include "ui/pages/page.h"
#include "ui/view_models/history_reader.h"

class QFrame;
class QHBoxLayout;
class QLabel;
class QMenu;
class QStackedWidget;
class QTabWidget;
class QToolButton;

namespace loom::ui {

class DifferenceView;
class Disagreements;
class RadarView;
class Workspace;

class ComparePage : public Page {
  Q_OBJECT
 public:
  explicit ComparePage(Workspace& workspace, QWidget* parent = nullptr);

  QString title() const override { return tr("Compare"); }
  QString help_topic() const override { return QStringLiteral("compare"); }
  QAction* primary_action() override { return add_; }
  void refresh() override;

  void show_runs(const QList<qint64>& runs);
  const QList<qint64>& runs() const { return runs_; }
  DifferenceView& differences() { return *differences_; }
  RadarView& radar() { return *radar_; }
  Disagreements& disagreements() { return *disagreements_; }
  QString warning() const;

 Q_SIGNALS:
  void loaded();

 private:
  QWidget* create_chooser();
  QFrame* create_warning();
  void create_tabs();
  void fill_chips();
  void fill_menu();
  void show_comparison(Result<Comparison> comparison);
  void difference_activated(const QString& key);

  Workspace& workspace_;
  HistoryReader* history_ = nullptr;
  QList<qint64> runs_;
  QAction* add_ = nullptr;
  QMenu* menu_ = nullptr;
  QHBoxLayout* chips_ = nullptr;
  QFrame* warning_ = nullptr;
  QLabel *warning_text_ = nullptr, *shared_ = nullptr, *message_ = nullptr;
  QStackedWidget* stack_ = nullptr;
  QTabWidget* tabs_ = nullptr;
  DifferenceView* differences_ = nullptr;
  RadarView* radar_ = nullptr;
  Disagreements* disagreements_ = nullptr;
};

}  // namespace loom::ui
