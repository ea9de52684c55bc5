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
#include <algorithm>

#include "core/export/figure_caption.h"
#include "core/report/pgfplots.h"
#include "ui/charts/chart_bar.h"
#include "ui/charts/chart_table_model.h"
#include "ui/charts/figure_export_dialog.h"
#include "ui/charts/figure_view.h"
#include "ui/charts/figure_words.h"
#include "ui/charts/latency_table_model.h"
#include "ui/charts/share_delegate.h"
#include "ui/shell/column_fit.h"

namespace loom::ui {
namespace {

constexpr int kLeastLetters = 8;  // of a name, however little room there is
constexpr int kLeastWidth = 16;   // of any column

}  // namespace

LatencyTableView::LatencyTableView(QWidget* parent) : QWidget(parent) {
  rows_ = new LatencyTableModel(this);
  caption_ = new QLabel(this);
  caption_->setWordWrap(true);
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
  table_->horizontalHeader()->setMinimumSectionSize(kLeastWidth);
  table_->setModel(rows_);
  table_->setTabKeyNavigation(false);
  table_->setItemDelegate(new ShareDelegate(table_));
  table_->setSortingEnabled(true);
  table_->horizontalHeader()->setSortIndicator(-1, Qt::AscendingOrder);
  table_->horizontalHeader()->setSortIndicatorClearable(true);
  connect(table_->horizontalHeader(), &QHeaderView::sortIndicatorChanged, this,
          &LatencyTableView::fit_columns);
  table_->setWordWrap(false);
  table_->setTextElideMode(Qt::ElideMiddle);  // models often differ at their names' ends only
  table_->viewport()->installEventFilter(this);
  table_->verticalHeader()->hide();
  table_->verticalHeader()->setDefaultSectionSize(28);
  table_->setShowGrid(false);
  connect(table_, &QTableView::activated, this, [this](const QModelIndex& index) {
    const LatencyRow& row = rows_->row(index.row());
    if (row.key.empty()) return;
    Q_EMIT activated(QString::fromStdString(row.key), rows_->model_at(index.row()));
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
  caption_->setText(QString::fromStdString(latency_caption(model_, local_theme())));
  fit_columns();
}

bool LatencyTableView::eventFilter(QObject* watched, QEvent* event) {
  if (watched == table_->viewport() && event->type() == QEvent::Resize) fit_columns();
  return QWidget::eventFilter(watched, event);
}

// Numbers and titles are shown whole as long as there is room for them; names share what is left,
// and are cut where that is little.
void LatencyTableView::fit_columns() {
  const QAbstractItemView* cells = table_;
  const QHeaderView* header = table_->horizontalHeader();
  const int letters = table_->fontMetrics().averageCharWidth() * kLeastLetters;
  std::vector<ColumnWidth> columns;
  for (int column = 0; column < rows_->columnCount(); ++column) {
    const int title = title_width(*header, column);
    const int wanted = std::max(cells->sizeHintForColumn(column), title);
    const bool names = column < rows_->name_columns();
    columns.push_back({wanted, names ? std::max(title, letters) : wanted, names});
  }
  const std::vector<int> widths = fitted_widths(columns, table_->viewport()->width());
  for (size_t column = 0; column < widths.size(); ++column)
    table_->setColumnWidth(static_cast<int>(column), widths[column]);
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
  source.pgfplots = [model = model_](double width, double height) {
    return pgfplots(model, width, height);
  };
  source.file_stem = QStringLiteral("latency");
  source.caption = QString::fromStdString(figure_caption(model_));
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
  if (event->type() == QEvent::FontChange && table_) fit_columns();
  QWidget::changeEvent(event);
}

}  // namespace loom::ui
