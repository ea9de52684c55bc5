#include "ui/pages/benchmarks/benchmarks_page.h"

#include <QHeaderView>
#include <QSettings>
#include <QSplitter>
#include <QStackedWidget>
#include <QTimer>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/execution/workspace.h"
#include "ui/pages/benchmarks/benchmark_details.h"
#include "ui/pages/benchmarks/catalogue_tree.h"
#include "ui/shell/empty_state.h"
#include "ui/shell/theme.h"

namespace loom::ui {
namespace {
const QString kColumns = QStringLiteral("pages/benchmarks/columns");
const QString kSplitter = QStringLiteral("pages/benchmarks/splitter");
constexpr int kSettle_ms = 250;
}  // namespace

BenchmarksPage::BenchmarksPage(Workspace& workspace, QWidget* parent)
    : Page(parent),
      workspace_(workspace),
      evaluate_(new QAction(tr("New evaluation"), this)),
      stack_(new QStackedWidget(this)),
      empty_(new EmptyState(Icon::benchmarks, this)),
      splitter_(new QSplitter(this)),
      tree_(new CatalogueTree(workspace.catalog(), this)),
      details_(new BenchmarkDetails(workspace, this)),
      settle_(new QTimer(this)) {
  evaluate_->setIcon(icon(Icon::play, IconTone::on_accent));
  evaluate_->setToolTip(tr("Choose benchmarks, models and settings (Ctrl+N)"));
  connect(evaluate_, &QAction::triggered, this, &Page::new_evaluation);
  empty_->set_text(tr("No benchmark found"), tr("No benchmark or task has these words."));
  splitter_->addWidget(tree_);
  splitter_->addWidget(details_);
  splitter_->setStretchFactor(0, 3);
  splitter_->setStretchFactor(1, 2);
  splitter_->setChildrenCollapsible(false);
  splitter_->setSizes({680, 440});
  details_->setMinimumWidth(330);
  stack_->addWidget(splitter_);
  stack_->addWidget(empty_);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(spacing::page, 0, spacing::page, spacing::page);
  column->addWidget(stack_);

  settle_->setSingleShot(true);
  settle_->setInterval(kSettle_ms);
  connect(settle_, &QTimer::timeout, this, &BenchmarksPage::request_example);
  connect(tree_, &CatalogueTree::chosen, this, &BenchmarksPage::show_chosen);
  connect(&workspace_, &Workspace::folders_changed, this, &BenchmarksPage::refresh);
  connect(&examples_, &ExampleFinder::found, details_, &BenchmarkDetails::show_example);
  connect(&examples_, &ExampleFinder::failed, details_, &BenchmarkDetails::show_example_note);
}

void BenchmarksPage::search(const QString& text) {
  filter_ = text.trimmed();
  stack_->setCurrentWidget(tree_->filter(filter_) ? static_cast<QWidget*>(splitter_) : empty_);
}

void BenchmarksPage::refresh() {
  tree_->fill(workspace_.data_folder());
  search(filter_);
}

void BenchmarksPage::show_chosen(const BenchmarkDescription* benchmark,
                                 const TaskDescription* task) {
  examples_.cancel();
  settle_->stop();
  if (!benchmark) return details_->show_nothing();
  auto folder = workspace_.data_folder() / benchmark->id;
  details_->show_benchmark(*benchmark, task, folder);
  if (!task && !benchmark->tasks.empty()) task = &benchmark->tasks.front();
  if (!task) return details_->show_example_note(tr("This benchmark has no tasks."));
  const auto& lengths = benchmark->lengths;
  size_t shortest = lengths.empty() ? 0 : *std::min_element(lengths.begin(), lengths.end());
  wanted_ = {benchmark->id, task->id, shortest, folder, workspace_.model_folders()};
  details_->show_example_note(
      tr("Making one sample of %1.").arg(QString::fromStdString(task->title)));
  settle_->start();
}

void BenchmarksPage::request_example() {
  examples_.request(wanted_);
}

void BenchmarksPage::save_state() const {
  QSettings settings;
  settings.setValue(kColumns, tree_->header()->saveState());
  settings.setValue(kSplitter, splitter_->saveState());
}

void BenchmarksPage::restore_state() {
  constexpr int kWidths[] = {225, 130, 125, 80};  // the last column takes what is left
  for (int column = 0; column < CatalogueTree::data; ++column)
    tree_->setColumnWidth(column, kWidths[column]);
  QSettings settings;
  tree_->header()->restoreState(settings.value(kColumns).toByteArray());
  splitter_->restoreState(settings.value(kSplitter).toByteArray());
}

}  // namespace loom::ui
