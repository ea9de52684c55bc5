#include "ui/pages/runs/runs_page.h"

#include <QComboBox>
#include <QDesktopServices>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QScrollBar>
#include <QStackedWidget>
#include <QTableView>
#include <QToolButton>
#include <QUrl>

#include "ui/execution/workspace.h"
#include "ui/pages/runs/run_changes.h"
#include "ui/shell/allow.h"
#include "ui/shell/column_fit.h"
#include "ui/shell/icons.h"
#include "ui/shell/message_bar.h"
#include "ui/view_models/format.h"
#include "ui/view_models/table_style.h"

namespace loom::ui {
namespace {

constexpr int kMostCompared = 6;
const QString kHeaderKey = QStringLiteral("pages/runs/header");

std::vector<RunState> states_of(int choice) {
  switch (choice) {
    case 1:
      return {RunState::finished, RunState::finished_with_failures};
    case 2:
      return {RunState::created, RunState::running, RunState::paused};
    case 3:
      return {RunState::failed, RunState::cancelled};
    default:
      return {};
  }
}

}  // namespace

RunsPage::RunsPage(Workspace& workspace, QWidget* parent)
    : Page(parent),
      workspace_(workspace),
      model_(new RunListModel(workspace.queries(), this)),
      changes_(new RunChanges(workspace, this)) {
  setObjectName(QStringLiteral("runs_page"));
  create_actions();
  create_table();
  stack_ = new QStackedWidget;
  stack_->addWidget(table_);
  stack_->addWidget(create_empty());
  auto* nothing = new QLabel(tr("No run matches. Change the search or the filters."));
  nothing->setAlignment(Qt::AlignCenter);
  stack_->addWidget(nothing);
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(12, 0, 12, 12);
  layout->setSpacing(8);
  if (workspace_.is_read_only()) layout->addWidget(create_read_only_note());
  layout->addWidget(create_toolbar());
  layout->addWidget(stack_, 1);

  connect(model_, &RunListModel::problem, this, &Page::problem);
  // Queued: the list is read again, which must not happen inside the editor of one of its cells.
  connect(model_, &RunListModel::name_edited, changes_, &RunChanges::rename, Qt::QueuedConnection);
  connect(model_, &RunListModel::tags_edited, changes_, &RunChanges::set_tags,
          Qt::QueuedConnection);
  connect(changes_, &RunChanges::problem, this, &Page::problem);
  connect(changes_, &RunChanges::undo_offered, this, &Page::undo_offered);
  connect(changes_, &RunChanges::imported, this, [this](qint64 run) { select({run}); });
  connect(&workspace, &Workspace::runs_changed, this, &RunsPage::refresh);
  refresh();
}

QAction* RunsPage::add_action(const QString& label, const QString& name, const QKeySequence& key) {
  auto* action = new QAction(label, this);
  action->setObjectName(name);
  action->setShortcut(key);
  action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
  return action;
}

void RunsPage::create_actions() {
  new_ = new QAction(icon(Icon::add, IconTone::on_accent), tr("New evaluation"), this);
  connect(new_, &QAction::triggered, this, &Page::new_evaluation);
  open_ = add_action(tr("Open"), QStringLiteral("open"), Qt::Key_Return);
  connect(open_, &QAction::triggered, this, &RunsPage::open_current);
  compare_ = add_action(tr("Compare"), QStringLiteral("compare"), {});
  connect(compare_, &QAction::triggered, this, [this] { Q_EMIT open_compare(selected()); });
  together_ = add_action(tr("Show together"), QStringLiteral("together"), {});
  connect(together_, &QAction::triggered, this, [this] { Q_EMIT open_together(selected()); });
  again_ = add_action(tr("Edit and run again…"), QStringLiteral("again"), {});
  connect(again_, &QAction::triggered, this, [this] {
    if (const QList<qint64> runs = selected(); runs.size() == 1) Q_EMIT set_up_again(runs.first());
  });
  rename_ = add_action(tr("Rename"), QStringLiteral("rename"), Qt::Key_F2);
  connect(rename_, &QAction::triggered, this, [this] { edit(RunListModel::Name); });
  tags_ = add_action(tr("Edit tags"), QStringLiteral("tags"), Qt::Key_T);
  connect(tags_, &QAction::triggered, this, [this] { edit(RunListModel::Tags); });
  delete_ = add_action(tr("Delete"), QStringLiteral("delete"), QKeySequence::Delete);
  connect(delete_, &QAction::triggered, this, [this] { changes_->remove(selected()); });
  export_ = new QAction(tr("Export as .loomrun…"), this);
  connect(export_, &QAction::triggered, this, &RunsPage::choose_export);
  import_ = new QAction(tr("Import .loomrun…"), this);
  connect(import_, &QAction::triggered, this, &RunsPage::choose_import);
  folder_ = new QAction(tr("Open data folder"), this);
  connect(folder_, &QAction::triggered, this, &RunsPage::open_folder);
}

void RunsPage::create_table() {
  table_ = new QTableView;
  prepare_table(*table_, QStringLiteral("runs"), tr("Runs"));
  table_->setModel(model_);
  table_->setTextElideMode(Qt::ElideMiddle);  // models of one family differ in their ends
  table_->setSelectionMode(QAbstractItemView::ExtendedSelection);
  table_->addActions(
      {open_, together_, compare_, again_, rename_, tags_, export_, folder_, delete_});
  table_->setContextMenuPolicy(Qt::ActionsContextMenu);
  // In the order of RunListModel::Column. Names and tags give way, numbers and times hardly.
  columns_ = new ColumnFit(*table_, *table_->horizontalHeader(),
                           {{190, 120, true},
                            {175, 100},
                            {60, 52},
                            {215, 100, true},
                            {105, 70, true},
                            {95, 84},
                            {170, 165},
                            {75, 66},
                            {60, 46, true}});
  connect(table_, &QTableView::doubleClicked, this, &RunsPage::open_current);
  connect(table_->selectionModel(), &QItemSelectionModel::selectionChanged, this,
          &RunsPage::update_actions);
}

QWidget* RunsPage::create_toolbar() {
  auto* bar = new QWidget;
  auto* layout = new QHBoxLayout(bar);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(8);
  state_ = new QComboBox;
  state_->setObjectName(QStringLiteral("state_filter"));
  state_->setAccessibleName(tr("State"));
  state_->addItems(
      {tr("All states"), tr("Finished"), tr("Running or waiting"), tr("Failed or cancelled")});
  tag_ = new QComboBox;
  tag_->setObjectName(QStringLiteral("tag_filter"));
  tag_->setAccessibleName(tr("Tag"));
  tag_->setSizeAdjustPolicy(QComboBox::AdjustToContents);
  connect(state_, &QComboBox::activated, this, &RunsPage::apply_filter);
  connect(tag_, &QComboBox::activated, this, &RunsPage::apply_filter);
  count_ = new QLabel;
  auto* more = new QToolButton;
  more->setObjectName(QStringLiteral("more_actions"));
  more->setText(tr("More"));
  more->setPopupMode(QToolButton::InstantPopup);
  more->setToolButtonStyle(Qt::ToolButtonTextOnly);
  auto* menu = new QMenu(more);
  menu->setToolTipsVisible(true);  // why some are disabled
  menu->addActions({again_, rename_, tags_, export_});
  menu->addSeparator();
  menu->addActions({import_, folder_});
  menu->addSeparator();
  menu->addAction(delete_);
  more->setMenu(menu);
  layout->addWidget(state_);
  layout->addWidget(tag_);
  layout->addWidget(count_);
  layout->addStretch();
  for (QAction* action : {open_, together_, compare_}) {
    auto* button = new QToolButton;
    button->setDefaultAction(action);
    layout->addWidget(button);
  }
  layout->addWidget(more);
  return bar;
}

QWidget* RunsPage::create_empty() {
  auto* empty = new QWidget;
  auto* layout = new QVBoxLayout(empty);
  auto* sentence = new QLabel(tr("Every evaluation you run is kept here, sample by sample."));
  sentence->setAlignment(Qt::AlignCenter);
  auto* start = new QPushButton(tr("Run the starter evaluation (about 3 min)"));
  start->setObjectName(QStringLiteral("run_starter"));
  connect(start, &QPushButton::clicked, this, &RunsPage::starter_evaluation);
  allow(*start, true, {}, workspace_.read_only_reason());
  auto* import = new QPushButton(tr("Import a run"));
  import->setFlat(true);
  connect(import, &QPushButton::clicked, import_, &QAction::trigger);
  allow(*import, true, {}, workspace_.read_only_reason());
  layout->addStretch();
  layout->addWidget(sentence);
  layout->addWidget(start, 0, Qt::AlignCenter);
  layout->addWidget(import, 0, Qt::AlignCenter);
  layout->addStretch();
  return empty;
}

QWidget* RunsPage::create_read_only_note() {
  auto* note = new MessageBar(this);
  note->setObjectName(QStringLiteral("read_only_note"));
  note->show_message(MessageKind::warning, workspace_.read_only_reason(),
                     tr("%1 or its folder may not be written.")
                         .arg(QString::fromStdString(workspace_.store_file().string())));
  return note;
}

void RunsPage::search(const QString& typed) {
  search_ = typed;
  apply_filter();
}

void RunsPage::apply_filter() {
  const QList<qint64> kept = selected();
  RunFilter filter;
  filter.text = search_.toStdString();
  filter.states = states_of(state_->currentIndex());
  if (tag_->currentIndex() > 0) filter.tag = tag_->currentText().toStdString();
  const int scrolled = table_->verticalScrollBar()->value();
  model_->set_filter(filter);
  select(kept);
  table_->verticalScrollBar()->setValue(scrolled);
  show_right_part();
  update_actions();
}

void RunsPage::refresh() {
  fill_tags();
  apply_filter();
}

void RunsPage::fill_tags() {
  const QString chosen = tag_->currentIndex() > 0 ? tag_->currentText() : QString();
  tag_->clear();
  tag_->addItem(tr("All tags"));
  if (auto tags = workspace_.queries().tags())
    for (const std::string& tag : *tags) tag_->addItem(text(tag));
  tag_->setCurrentIndex(std::max(0, chosen.isEmpty() ? 0 : tag_->findText(chosen)));
  tag_->setEnabled(tag_->count() > 1);
  tag_->setToolTip(tag_->isEnabled() ? QString() : tr("No run has a tag yet"));
}

void RunsPage::show_right_part() {
  const RunFilter& filter = model_->filter();
  const bool filtered = !filter.text.empty() || !filter.states.empty() || !filter.tag.empty();
  stack_->setCurrentIndex(model_->rowCount() > 0 ? 0 : filtered ? 2 : 1);
  count_->setText(model_->rowCount() == 0
                      ? QString()
                      : tr("Runs: %1").arg(format_count(static_cast<size_t>(model_->rowCount()))));
}

void RunsPage::update_actions() {
  const auto chosen = table_->selectionModel()->selectedRows().size();
  const QString against = workspace_.read_only_reason();
  for (QAction* action : {open_, export_}) action->setEnabled(chosen == 1);
  open_->setToolTip(tr("Select one run to open it"));
  export_->setToolTip(tr("Select one run to write it into a file"));
  for (QAction* action : {rename_, tags_}) allow(*action, chosen == 1, {}, against);
  allow(*again_, chosen == 1, tr("Opens the wizard with the plan of this run"), against);
  allow(*delete_, chosen > 0, {}, against);
  for (QAction* action : {new_, import_}) allow(*action, true, {}, against);
  compare_->setEnabled(chosen >= 1 && chosen <= kMostCompared);
  compare_->setToolTip(
      tr("Select two to six runs to compare them, or one run to compare its models"));
  together_->setEnabled(chosen >= 2 && chosen <= kMostCompared);
  together_->setToolTip(tr("Select two to six runs to see their results on one page"));
}

QList<qint64> RunsPage::selected() const {
  QList<qint64> runs;
  for (const QModelIndex& index : table_->selectionModel()->selectedRows())
    runs << model_->run_id(index.row());
  return runs;
}

void RunsPage::select(const QList<qint64>& runs) {
  QItemSelection selection;
  for (qint64 run : runs)
    if (const int row = model_->row_of(run); row >= 0)
      selection.select(model_->index(row, 0), model_->index(row, RunListModel::ColumnCount - 1));
  if (selection.isEmpty()) return;
  table_->selectionModel()->setCurrentIndex(selection.indexes().first(),
                                            QItemSelectionModel::NoUpdate);
  table_->selectionModel()->select(selection, QItemSelectionModel::ClearAndSelect);
}

void RunsPage::edit(int column) {
  const QList<qint64> runs = selected();
  if (runs.size() != 1) return;
  const QModelIndex index = model_->index(model_->row_of(runs.first()), column);
  table_->scrollTo(index);
  table_->setCurrentIndex(index);
  table_->edit(index);
}

void RunsPage::open_current() {
  const QList<qint64> runs = selected();
  if (runs.size() == 1) Q_EMIT open_run(runs.first());
}

void RunsPage::choose_export() {
  const QList<qint64> runs = selected();
  if (runs.size() != 1) return;
  const QString name = QStringLiteral("run-%1.loomrun").arg(runs.first());
  const QString file =
      QFileDialog::getSaveFileName(this, tr("Export run"), name, tr("LoomScope run (*.loomrun)"));
  if (!file.isEmpty()) changes_->export_bundle(runs.first(), file.toStdString());
}

void RunsPage::choose_import() {
  const QString file =
      QFileDialog::getOpenFileName(this, tr("Import run"), {}, tr("LoomScope run (*.loomrun)"));
  if (!file.isEmpty()) changes_->import_bundle(file.toStdString());
}

void RunsPage::open_folder() {
  const auto folder = workspace_.store_file().parent_path();
  QDesktopServices::openUrl(QUrl::fromLocalFile(QString::fromStdString(folder.string())));
}

void RunsPage::save_state() const {
  save_header(*table_, kHeaderKey);
}

void RunsPage::restore_state() {
  if (restore_header(*table_, kHeaderKey)) columns_->take_widths();
}

}  // namespace loom::ui
