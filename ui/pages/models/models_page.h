// The models on this machine: what they are, whether they fit, and where they lie.
#pragma once

#include <QPointer>

#include "ui/execution/model_finder.h"
#include "ui/execution/model_reader.h"
#include "ui/pages/page.h"

class QSortFilterProxyModel;
class QSplitter;
class QStackedWidget;
class QTableView;

namespace loom::ui {

class AddModelDialog;
class ColumnFit;
class EmptyState;
class ModelDetails;
class ModelsTable;
class Workspace;

class ModelsPage : public Page {
  Q_OBJECT
 public:
  explicit ModelsPage(Workspace& workspace, QWidget* parent = nullptr);
  QString title() const override { return tr("Models"); }
  QString help_topic() const override { return QStringLiteral("models"); }
  QString search_hint() const override { return tr("Search models"); }
  void search(const QString& text) override;
  QAction* primary_action() override { return add_; }
  void refresh() override;
  void save_state() const override;
  void restore_state() override;

 private:
  void create_table();
  void add_model();
  void add_folder(const QString& folder);
  void show_found(const std::vector<LocalModel>& models);
  void show_current();
  void show_view();

  Workspace& workspace_;
  ModelFinder finder_;
  ModelReader reader_;
  QAction* add_ = nullptr;
  ModelsTable* models_ = nullptr;
  QSortFilterProxyModel* sorted_ = nullptr;
  QStackedWidget* stack_ = nullptr;
  EmptyState* empty_ = nullptr;
  QSplitter* splitter_ = nullptr;
  QTableView* table_ = nullptr;
  ColumnFit* columns_ = nullptr;
  ModelDetails* details_ = nullptr;
  QPointer<AddModelDialog> add_dialog_;  // while it is open
  bool found_once_ = false;
};

}  // namespace loom::ui
