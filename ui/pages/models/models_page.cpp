#include "ui/pages/models/models_page.h"

#include <QHeaderView>
#include <QSettings>
#include <QSortFilterProxyModel>
#include <QSplitter>
#include <QStackedWidget>
#include <QTableView>
#include <QVBoxLayout>

#include "ui/execution/downloads.h"
#include "ui/execution/workspace.h"
#include "ui/pages/models/add_model_dialog.h"
#include "ui/pages/models/model_details.h"
#include "ui/pages/models/models_table.h"
#include "ui/shell/column_fit.h"
#include "ui/shell/copy_rows.h"
#include "ui/shell/empty_state.h"
#include "ui/shell/theme.h"

namespace loom::ui {
namespace {
const QString kColumns = QStringLiteral("pages/models/columns");
const QString kSplitter = QStringLiteral("pages/models/splitter");
}  // namespace

ModelsPage::ModelsPage(Workspace& workspace, QWidget* parent)
    : Page(parent),
      workspace_(workspace),
      add_(new QAction(tr("Add model"), this)),
      models_(new ModelsTable(this)),
      sorted_(new QSortFilterProxyModel(this)),
      stack_(new QStackedWidget(this)),
      empty_(new EmptyState(Icon::models, this)),
      splitter_(new QSplitter(this)),
      table_(new QTableView(this)),
      details_(new ModelDetails(this)) {
  add_->setIcon(icon(Icon::add, IconTone::on_accent));
  add_->setToolTip(tr("From Hugging Face or from a folder of this machine"));
  connect(add_, &QAction::triggered, this, &ModelsPage::add_model);
  create_table();
  splitter_->addWidget(table_);
  splitter_->addWidget(details_);
  splitter_->setStretchFactor(0, 3);
  splitter_->setStretchFactor(1, 2);
  splitter_->setChildrenCollapsible(false);
  splitter_->setSizes({820, 320});
  details_->setMinimumWidth(330);
  stack_->addWidget(empty_);
  stack_->addWidget(splitter_);
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(spacing::page, 0, spacing::page, spacing::page);
  column->addWidget(stack_);
  show_view();

  connect(&finder_, &ModelFinder::found, this, &ModelsPage::show_found);
  connect(&reader_, &ModelReader::finished, details_, &ModelDetails::show_report);
  connect(&workspace_, &Workspace::folders_changed, this, &ModelsPage::refresh);
}

void ModelsPage::create_table() {
  sorted_->setSourceModel(models_);
  sorted_->setSortRole(ModelsTable::sort_role);
  sorted_->setSortCaseSensitivity(Qt::CaseInsensitive);
  sorted_->setFilterCaseSensitivity(Qt::CaseInsensitive);
  sorted_->setFilterKeyColumn(-1);
  table_->setObjectName(QStringLiteral("models_table"));
  table_->setAccessibleName(tr("Models on this machine"));
  table_->setModel(sorted_);
  table_->setSortingEnabled(true);
  table_->sortByColumn(ModelsTable::name, Qt::AscendingOrder);
  table_->setSelectionBehavior(QAbstractItemView::SelectRows);
  table_->setSelectionMode(QAbstractItemView::SingleSelection);
  table_->setTabKeyNavigation(false);
  copy_rows_on_key(*table_);
  table_->setShowGrid(false);
  table_->setWordWrap(false);
  table_->setTextElideMode(Qt::ElideMiddle);  // files of one model differ in their ends
  table_->verticalHeader()->hide();
  table_->verticalHeader()->setDefaultSectionSize(spacing::row);
  table_->horizontalHeader()->setHighlightSections(false);
  // In the order of ModelsTable::Column.
  columns_ = new ColumnFit(
      *table_, *table_->horizontalHeader(),
      {{225, 120, true}, {90, 60}, {90, 60}, {110, 64}, {80, 76}, {75, 60}, {110, 60, true}});
  connect(table_->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
          &ModelsPage::show_current);
}

void ModelsPage::search(const QString& text) {
  sorted_->setFilterFixedString(text);
  show_view();
}

void ModelsPage::refresh() {
  finder_.search(workspace_.model_folders());
  show_view();
}

void ModelsPage::show_found(const std::vector<LocalModel>& models) {
  found_once_ = true;
  QModelIndex current = sorted_->mapToSource(table_->currentIndex());
  auto before = current.isValid() ? models_->model(current.row()).path : std::filesystem::path();
  models_->set_models(models, finder_.devices());
  int chosen = 0;
  for (int row = 0; row < models_->rowCount(); ++row)
    if (models_->model(row).path == before)
      chosen = sorted_->mapFromSource(models_->index(row, 0)).row();
  if (sorted_->rowCount() > 0) table_->selectRow(chosen);
  show_current();
  show_view();
}

void ModelsPage::show_current() {
  QModelIndex chosen = sorted_->mapToSource(table_->currentIndex());
  if (!chosen.isValid()) return details_->show_nothing();
  const LocalModel& model = models_->model(chosen.row());
  details_->show_model(model, models_->model_fit(chosen.row()));
  reader_.read(model);
}

void ModelsPage::show_view() {
  bool filtered = !sorted_->filterRegularExpression().pattern().isEmpty();
  if (sorted_->rowCount() > 0) return stack_->setCurrentWidget(splitter_);
  if (filtered && models_->rowCount() > 0)
    empty_->set_text(tr("No model found"), tr("No model has these words in its name or type."));
  else if (!found_once_)
    empty_->set_text(tr("Looking for models"), tr("Reading the headers of the files."));
  else
    empty_->set_text(
        tr("No models yet"),
        tr("Put a GGUF file or a safetensors folder into %1, fetch a model from Hugging "
           "Face, or add the folder that has your models.")
            .arg(QString::fromStdString(workspace_.model_folders().front().string())),
        add_);
  stack_->setCurrentWidget(empty_);
}

void ModelsPage::add_model() {
  if (add_dialog_) {
    add_dialog_->raise();
    return add_dialog_->activateWindow();
  }
  add_dialog_ = new AddModelDialog(workspace_.hub_settings(), this);
  add_dialog_->setAttribute(Qt::WA_DeleteOnClose);
  connect(add_dialog_, &QDialog::accepted, this, [this, dialog = add_dialog_.data()] {
    if (const auto repo = dialog->repo())
      workspace_.downloads().fetch(*repo, dialog->file());
    else if (const QString folder = dialog->folder(); !folder.isEmpty())
      add_folder(folder);
  });
  add_dialog_->show();
}

void ModelsPage::add_folder(const QString& folder) {
  QStringList folders = workspace_.added_model_folders();
  if (!folders.contains(folder)) workspace_.set_added_model_folders(folders << folder);
}

void ModelsPage::save_state() const {
  QSettings settings;
  settings.setValue(kColumns, table_->horizontalHeader()->saveState());
  settings.setValue(kSplitter, splitter_->saveState());
}

void ModelsPage::restore_state() {
  QSettings settings;
  if (table_->horizontalHeader()->restoreState(settings.value(kColumns).toByteArray()))
    columns_->take_widths();
  splitter_->restoreState(settings.value(kSplitter).toByteArray());
}

}  // namespace loom::ui
