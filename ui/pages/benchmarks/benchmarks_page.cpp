#include "ui/pages/benchmarks/benchmarks_page.h"

#include <QHeaderView>
#include <QPushButton>
#include <QSettings>
#include <QSplitter>
#include <QStackedWidget>
#include <QVBoxLayout>

#include "core/base/file_paths.h"
#include "core/catalog/custom_folder.h"
#include "ui/execution/workspace.h"
#include "ui/pages/benchmarks/add_benchmark_dialog.h"
#include "ui/pages/benchmarks/benchmark_details.h"
#include "ui/pages/benchmarks/catalogue_tree.h"
#include "ui/shell/allow.h"
#include "ui/shell/column_fit.h"
#include "ui/shell/empty_state.h"
#include "ui/shell/icons.h"
#include "ui/shell/theme.h"

namespace loom::ui {
namespace {
const QString kColumns = QStringLiteral("pages/benchmarks/columns");
const QString kSplitter = QStringLiteral("pages/benchmarks/splitter");
}  // namespace

BenchmarksPage::BenchmarksPage(Workspace& workspace, QWidget* parent)
    : Page(parent),
      workspace_(workspace),
      evaluate_(new QAction(tr("New evaluation"), this)),
      stack_(new QStackedWidget(this)),
      empty_(new EmptyState(Icon::benchmarks, this)),
      splitter_(new QSplitter(this)),
      tree_(new CatalogueTree(this)),
      details_(new BenchmarkDetails(workspace, this)) {
  evaluate_->setIcon(icon(Icon::add, IconTone::on_accent));
  allow(*evaluate_, true, tr("Choose benchmarks, models and settings (Ctrl+N)"),
        workspace.read_only_reason());
  connect(evaluate_, &QAction::triggered, this, &Page::new_evaluation);
  empty_->set_text(tr("No benchmark found"), tr("No benchmark or task has these words."));
  splitter_->addWidget(create_left());
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

  connect(tree_, &CatalogueTree::chosen, this, &BenchmarksPage::show_chosen);
  connect(&workspace_, &Workspace::folders_changed, this, &BenchmarksPage::refresh);
  connect(&workspace_, &Workspace::catalog_changed, this, &BenchmarksPage::refresh);
}

QWidget* BenchmarksPage::create_left() {
  // In the order of CatalogueTree's columns.
  columns_ = new ColumnFit(
      *tree_, *tree_->header(),
      {{200, 130, true}, {120, 70}, {115, 100}, {75, 60}, {140, 116}});
  auto* left = new QWidget(this);
  auto button = [left](const QString& words, Icon which, const char* name) {
    auto* made = new QPushButton(words, left);
    made->setObjectName(QLatin1String(name));
    made->setAccessibleName(words);
    made->setIcon(icon(which));
    return made;
  };
  add_ = button(tr("Add benchmark…"), Icon::add, "add_benchmark");
  add_->setToolTip(tr("From a file with questions, or from your own documents"));
  remove_ = button(tr("Remove"), Icon::delete_, "remove_benchmark");
  remove_->setToolTip(tr("Takes a benchmark that you added out of the list; its data stays"));
  undo_ = new QAction(tr("Undo"), this);
  connect(add_, &QPushButton::clicked, this, &BenchmarksPage::add_benchmark);
  connect(remove_, &QPushButton::clicked, this, &BenchmarksPage::remove_benchmark);
  connect(undo_, &QAction::triggered, this, &BenchmarksPage::restore_benchmark);
  auto* row = new QHBoxLayout;
  row->setSpacing(spacing::small);
  row->addWidget(add_);
  row->addWidget(remove_);
  row->addStretch();
  auto* column = new QVBoxLayout(left);
  column->setContentsMargins(0, 0, 0, 0);
  column->setSpacing(spacing::small);
  column->addWidget(tree_, 1);
  column->addLayout(row);
  return left;
}

void BenchmarksPage::add_benchmark() {
  if (add_dialog_) {
    add_dialog_->raise();
    return add_dialog_->activateWindow();
  }
  add_dialog_ = new AddBenchmarkDialog(workspace_, this);
  add_dialog_->setAttribute(Qt::WA_DeleteOnClose);
  connect(add_dialog_, &QDialog::accepted, this,
          [this, dialog = add_dialog_.data()] { tree_->go_to(dialog->benchmark_id()); });
  add_dialog_->show();
}

void BenchmarksPage::remove_benchmark() {
  const std::string id = tree_->current_benchmark();
  const BenchmarkDescription* benchmark = workspace_.catalog().benchmark(id);
  if (!benchmark || !benchmark->custom) return;
  const QString title = QString::fromStdString(benchmark->title);
  removed_ = to_json(*benchmark->custom);
  Status gone = remove_custom_benchmark(id, workspace_.catalog(), paths::benchmarks());
  if (gone) gone = workspace_.read_catalog_again();
  if (!gone) {
    Q_EMIT problem(gone.error());
    return;
  }
  Q_EMIT undo_offered(tr("“%1” was removed. Its results stay.").arg(title), undo_);
}

void BenchmarksPage::restore_benchmark() {
  const auto folder = paths::benchmarks();
  auto benchmark = custom_benchmark_from(removed_, folder / "removed.json");
  Status back = benchmark ? Status() : Status(benchmark.error());
  if (benchmark) {
    auto stored = store_custom_benchmark(*benchmark, workspace_.catalog(), folder);
    back = stored ? workspace_.read_catalog_again() : Status(stored.error());
  }
  if (!back) {
    Q_EMIT problem(back.error());
    return;
  }
  tree_->go_to(benchmark->id);
}

void BenchmarksPage::search(const QString& text) {
  filter_ = text.trimmed();
  stack_->setCurrentWidget(tree_->filter(filter_) ? static_cast<QWidget*>(splitter_) : empty_);
}

void BenchmarksPage::refresh() {
  tree_->fill(workspace_.catalog(), workspace_.data_folder());
  search(filter_);
  details_->look_for_models();
  if (const auto& problems = workspace_.catalog().problems; !problems.empty())
    Q_EMIT problem(problems.front());
}

void BenchmarksPage::show_chosen(const BenchmarkDescription* benchmark,
                                 const TaskDescription* task) {
  remove_->setEnabled(benchmark && benchmark->custom);
  if (!benchmark) return details_->show_nothing();
  details_->show_benchmark(*benchmark, task, workspace_.data_folder() / benchmark->id);
}

void BenchmarksPage::save_state() const {
  QSettings settings;
  settings.setValue(kColumns, tree_->header()->saveState());
  settings.setValue(kSplitter, splitter_->saveState());
}

void BenchmarksPage::restore_state() {
  QSettings settings;
  if (tree_->header()->restoreState(settings.value(kColumns).toByteArray()))
    columns_->take_widths();
  splitter_->restoreState(settings.value(kSplitter).toByteArray());
}

}  // namespace loom::ui
