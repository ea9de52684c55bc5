#include "ui/charts/latency_table_view.h"

#include <QAction>
#include <QApplication>
#include <QBoxLayout>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QEvent>
#include <QHeaderView>
#include <QLabel>
#include <QMenu>
#include <QTableView>

#include "ui/charts/chart_bar.h"
#include "ui/charts/chart_table_model.h"
#include "ui/charts/figure_export_dialog.h"
#include "ui/charts/figure_view.h"
#include "ui/charts/latency_table_model.h"
#include "ui/charts/share_delegate.h"

namespace loom::ui {

LatencyTableView::LatencyTableView(QWidget* parent) : QWidget(parent) {
  rows_ = new LatencyTableModel(this);
  caption_ = new QLabel(this);
  create_table();
  create_actions();
  auto layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(4);
  layout->addLayout(chart_bar(new QLabel(tr("Times"), this), {copy_, export_}, this));
  layout->addWidget(table_, 1);
  layout->addWidget(caption_);
}

void LatencyTableView::create_table() {
  table_ = new QTableView(this);
  table_->setAccessibleName(tr("Time by benchmark"));
  table_->setModel(rows_);
  table_->setTabKeyNavigation(false);
  table_->setItemDelegate(new ShareDelegate(table_));
  table_->setSortingEnabled(true);
  table_->horizontalHeader()->setSortIndicator(-1, Qt::AscendingOrder);
  table_->horizontalHeader()->setSortIndicatorClearable(true);
  table_->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
  table_->verticalHeader()->hide();
  table_->verticalHeader()->setDefaultSectionSize(28);
  table_->setShowGrid(false);
  connect(table_, &QTableView::activated, this, [this](const QModelIndex& index) {
    const LatencyRow& row = rows_->row(index.row());
    if (row.key.empty()) return;
    Q_EMIT activated(QString::fromStdString(row.key), LatencyTableModel::model_of(index.column()));
  });
}

void LatencyTableView::create_actions() {
  copy_ = new QAction(tr("Copy"), this);
  copy_->setToolTip(tr("Copy the table"));
  connect(copy_, &QAction::triggered, this, &LatencyTableView::copy);
  export_ = new QAction(tr("Export…"), this);
  export_->setToolTip(tr("Write the figure for a paper, with data and caption"));
  connect(export_, &QAction::triggered, this, &LatencyTableView::open_export);
}

void LatencyTableView::set_model(LatencyModel model) {
  model_ = std::move(model);
  rows_->set_dark(screen_theme(*this).dark);
  rows_->set_model(model_);
  caption_->setText(QString::fromStdString(model_.caption));
}

void LatencyTableView::set_provenance(const QString& text) {
  provenance_ = text;
}

void LatencyTableView::copy() {
  ChartTableModel table;
  table.set_table(to_table(model_));
  QApplication::clipboard()->setText(table.tab_separated());
}

void LatencyTableView::open_export() {
  FigureSource source;
  source.draw = [model = model_](double width, double height, const FigureTheme& theme) {
    return draw_latency(model, width, height, theme);
  };
  source.table = [model = model_] { return to_table(model); };
  source.file_stem = QStringLiteral("latency");
  source.caption = tr("Wall time by benchmark and model.") + u' ' + caption_->text() + u'.';
  source.aspect = 0.8;
  auto dialog = new FigureExportDialog(std::move(source), provenance_, this);
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  dialog->show();
}

void LatencyTableView::contextMenuEvent(QContextMenuEvent* event) {
  auto menu = new QMenu(this);
  menu->setAttribute(Qt::WA_DeleteOnClose);
  menu->addActions({copy_, export_});
  menu->popup(event->globalPos());
}

void LatencyTableView::changeEvent(QEvent* event) {
  if (event->type() == QEvent::PaletteChange) rows_->set_dark(screen_theme(*this).dark);
  QWidget::changeEvent(event);
}

}  // namespace loom::ui
