// The history: every run as a row, to find, name, tag, delete, export and import, and from which
// results and comparisons are opened.
#pragma once

#include "ui/pages/page.h"
#include "ui/view_models/run_list_model.h"

class QComboBox;
class QLabel;
class QStackedWidget;
class QTableView;
class QToolBar;

namespace loom::ui {

class ColumnFit;
class RunChanges;
class Workspace;

class RunsPage : public Page {
  Q_OBJECT
 public:
  explicit RunsPage(Workspace& workspace, QWidget* parent = nullptr);

  QString title() const override { return tr("Runs"); }
  QString help_topic() const override { return QStringLiteral("runs"); }
  QString search_hint() const override { return tr("Search runs, models, tags"); }
  void search(const QString& text) override;
  QAction* primary_action() override { return new_; }
  QAction* export_action() override { return export_; }
  void refresh() override;
  void save_state() const override;
  void restore_state() override;

  RunListModel& model() { return *model_; }
  RunChanges& changes() { return *changes_; }

 Q_SIGNALS:
  void starter_evaluation();

 private:
  void create_actions();
  QAction* add_action(const QString& text, const QString& name, const QKeySequence& key);
  QWidget* create_toolbar();
  QWidget* create_empty();
  QWidget* create_read_only_note();
  void create_table();
  void fill_tags();
  void apply_filter();
  void show_right_part();
  void update_actions();
  QList<qint64> selected() const;
  void select(const QList<qint64>& runs);
  void edit(int column);
  void open_current();
  void choose_export();
  void choose_import();
  void open_folder();

  Workspace& workspace_;
  RunListModel* model_ = nullptr;
  RunChanges* changes_ = nullptr;
  QString search_;
  QComboBox *state_ = nullptr, *tag_ = nullptr;
  QLabel* count_ = nullptr;
  QStackedWidget* stack_ = nullptr;
  QTableView* table_ = nullptr;
  ColumnFit* columns_ = nullptr;
  QAction *new_ = nullptr, *open_ = nullptr, *compare_ = nullptr, *together_ = nullptr,
          *again_ = nullptr, *rename_ = nullptr, *tags_ = nullptr, *delete_ = nullptr,
          *export_ = nullptr, *import_ = nullptr, *folder_ = nullptr;
};

}  // namespace loom::ui
