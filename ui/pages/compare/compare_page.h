// Two to six runs, or the models and augmentations of one, side by side: what differs in their
// settings, in their scores per task, and in their answers.
#pragma once

#include "ui/pages/compare/comparison.h"
#include "ui/pages/page.h"
#include "ui/view_models/history_reader.h"

class QGridLayout;
class QLabel;
class QMenu;
class QStackedWidget;
class QTabWidget;
class QToolButton;

namespace loom::ui {

class DifferenceView;
class Disagreements;
class RadarView;
class SettingsWarning;
class Workspace;

class ComparePage : public Page {
  Q_OBJECT
 public:
  explicit ComparePage(Workspace& workspace, QWidget* parent = nullptr);

  QString title() const override { return tr("Compare"); }
  QString help_topic() const override { return QStringLiteral("compare"); }
  QAction* primary_action() override { return add_; }
  void refresh() override;

  // One run: its models and augmentations, where it has several.
  void show_runs(const QList<qint64>& runs);
  void show_parts(const QList<ComparedPart>& parts);
  const QList<ComparedPart>& parts() const { return parts_; }
  DifferenceView& differences() { return *differences_; }
  RadarView& radar() { return *radar_; }
  Disagreements& disagreements() { return *disagreements_; }
  QString warning() const;

 Q_SIGNALS:
  void loaded();

 private:
  QWidget* create_chooser();
  void create_tabs();
  void fill_chips();
  QString chip_name(const ComparedPart& part) const;
  void fill_menu();
  void offer(QMenu& menu, const QString& label, const ComparedPart& part);
  void split(qint64 run);
  void show_comparison(Result<Comparison> comparison);
  void difference_activated(const QString& key);

  Workspace& workspace_;
  HistoryReader* history_ = nullptr;
  QList<ComparedPart> parts_;
  QAction* add_ = nullptr;
  QMenu* menu_ = nullptr;
  QGridLayout* chips_ = nullptr;
  SettingsWarning* warning_ = nullptr;
  QLabel *shared_ = nullptr, *message_ = nullptr;
  QStackedWidget* stack_ = nullptr;
  QTabWidget* tabs_ = nullptr;
  DifferenceView* differences_ = nullptr;
  RadarView* radar_ = nullptr;
  Disagreements* disagreements_ = nullptr;
};

}  // namespace loom::ui
