// What can be measured: the catalogue as a tree, with the state of the data and details at the
// right.
#pragma once

#include <QPointer>
#include <nlohmann/json.hpp>

#include "ui/pages/page.h"

class QPushButton;
class QSplitter;
class QStackedWidget;

namespace loom {
struct BenchmarkDescription;
struct TaskDescription;
}  // namespace loom

namespace loom::ui {

class AddBenchmarkDialog;
class BenchmarkDetails;
class CatalogueTree;
class ColumnFit;
class EmptyState;
class Workspace;

class BenchmarksPage : public Page {
  Q_OBJECT
 public:
  explicit BenchmarksPage(Workspace& workspace, QWidget* parent = nullptr);
  QString title() const override { return tr("Benchmarks"); }
  QString help_topic() const override { return QStringLiteral("benchmarks"); }
  QString search_hint() const override { return tr("Search benchmarks and tasks"); }
  void search(const QString& text) override;
  QAction* primary_action() override { return evaluate_; }
  void refresh() override;
  void save_state() const override;
  void restore_state() override;

 private:
  void show_chosen(const BenchmarkDescription* benchmark, const TaskDescription* task);
  QWidget* create_left();
  void add_benchmark();
  void remove_benchmark();
  void restore_benchmark();

  Workspace& workspace_;
  QAction* evaluate_ = nullptr;
  QStackedWidget* stack_ = nullptr;
  EmptyState* empty_ = nullptr;
  QSplitter* splitter_ = nullptr;
  CatalogueTree* tree_ = nullptr;
  ColumnFit* columns_ = nullptr;
  BenchmarkDetails* details_ = nullptr;
  QPushButton *add_ = nullptr, *remove_ = nullptr;
  QPointer<AddBenchmarkDialog> add_dialog_;  // while it is open
  QAction* undo_ = nullptr;
  nlohmann::json removed_;  // the definition that was removed last
  QString filter_;
};

}  // namespace loom::ui
