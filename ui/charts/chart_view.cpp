#include "ui/charts/chart_view.h"

#include <QAction>
#include <QApplication>
#include <QBoxLayout>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QHeaderView>
#include <QLabel>
#include <QMenu>
#include <QMimeData>
#include <QStackedWidget>
#include <QTableView>

#include "ui/charts/chart_bar.h"
#include "ui/charts/chart_table_model.h"
#include "ui/charts/figure_export_dialog.h"
#include "ui/charts/figure_painter.h"
#include "ui/charts/figure_view.h"

namespace loom::ui {
namespace {

constexpr double kCopiedPixelsPerPoint = 96 / 72.0, kCopiedRatio = 2;

QTableView* data_table(QWidget* parent, QAbstractItemModel* rows) {
  auto table = new QTableView(parent);
  table->setModel(rows);
  table->setAccessibleName(ChartView::tr("Data of the chart"));
  table->setTabKeyNavigation(false);
  table->setAlternatingRowColors(true);
  table->setSelectionBehavior(QAbstractItemView::SelectRows);
  table->verticalHeader()->hide();
  table->verticalHeader()->setDefaultSectionSize(28);
  table->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
  return table;
}

}  // namespace

ChartView::ChartView(QWidget* parent) : QWidget(parent) {
  title_ = new QLabel(this);
  rows_ = new ChartTableModel(this);
  stack_ = new QStackedWidget(this);
  figure_ = new FigureView(stack_);
  data_ = data_table(stack_, rows_);
  stack_->addWidget(figure_);
  stack_->addWidget(data_);
  create_actions();

  auto layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(4);
  layout->addLayout(chart_bar(title_, {show_data_, copy_, export_}, this));
  layout->addWidget(stack_, 1);
  connect(figure_, &FigureView::activated, this, &ChartView::hotspot_activated);
}

void ChartView::create_actions() {
  show_data_ = new QAction(tr("Show data"), this);
  show_data_->setCheckable(true);
  connect(show_data_, &QAction::toggled, this, &ChartView::show_data);
  copy_ = new QAction(tr("Copy"), this);
  copy_->setToolTip(tr("Copy the picture and its data"));
  connect(copy_, &QAction::triggered, this, &ChartView::copy);
  export_ = new QAction(tr("Export…"), this);
  export_->setToolTip(tr("Write the figure for a paper, with data and caption"));
  connect(export_, &QAction::triggered, this, &ChartView::open_export);
}

void ChartView::set_title(const QString& title) {
  title_->setText(title);
}
void ChartView::set_provenance(const QString& text) {
  provenance_ = text;
}
bool ChartView::data_shown() const {
  return stack_->currentWidget() == data_;
}

void ChartView::show_data(bool shown) {
  show_data_->setChecked(shown);
  stack_->setCurrentWidget(shown ? static_cast<QWidget*>(data_) : figure_);
}

void ChartView::copy() {
  auto content = new QMimeData;
  content->setText(rows_->tab_separated());
  if (!data_shown())
    content->setImageData(figure_image(figure_->figure(), screen_theme(*figure_),
                                       kCopiedPixelsPerPoint, kCopiedRatio));
  QApplication::clipboard()->setMimeData(content);
}

void ChartView::open_export() {
  auto dialog = new FigureExportDialog(source_, provenance_, this);
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  dialog->show();
}

void ChartView::set_source(FigureSource source) {
  source_ = std::move(source);
  rows_->set_table(source_.table());
  figure_->set_provider([this](QSizeF points, const FigureTheme& theme) {
    return source_.draw(points.width(), points.height(), theme);
  });
}

void ChartView::hotspot_activated(const QString& key) {
  if (!key.startsWith(u"legend/")) {
    Q_EMIT activated(key);
    return;
  }
  toggle_series(key.mid(7).toULong());
}

void ChartView::contextMenuEvent(QContextMenuEvent* event) {
  auto menu = new QMenu(this);
  menu->setAttribute(Qt::WA_DeleteOnClose);
  menu->addActions({show_data_, copy_, export_});
  menu->popup(event->globalPos());
}

}  // namespace loom::ui
