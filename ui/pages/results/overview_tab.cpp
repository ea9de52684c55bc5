#include "ui/pages/results/overview_tab.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QSplitter>
#include <QToolButton>

#include "core/export/figure_caption.h"
#include "ui/charts/latency_table_view.h"
#include "ui/charts/score_charts.h"
#include "ui/pages/results/parts_table.h"
#include "ui/pages/results/score_cards.h"
#include "ui/shell/scroll_area.h"
#include "ui/shell/theme.h"
#include "ui/view_models/format.h"
#include "ui/view_models/splitter_state.h"

namespace loom::ui {

OverviewTab::OverviewTab(QWidget* parent)
    : QWidget(parent), cards_(new ScoreCards), parts_(new PartsTable) {
  auto* content = new QWidget;
  auto* layout = new QVBoxLayout(content);
  layout->setContentsMargins(0, spacing::small, 0, 0);
  layout->setSpacing(spacing::medium);
  layout->addWidget(cards_);
  layout->addLayout(create_chips());
  layout->addWidget(create_charts(), 1);
  layout->addWidget(parts_);
  auto* outer = new QVBoxLayout(this);
  outer->setContentsMargins(0, 0, 0, 0);
  outer->addWidget(scrolled(content, this));
  connect(cards_, &ScoreCards::activated, this, [this](size_t column, const QString& capability) {
    choose(column, capability_name(capability.toStdString()),
           {capability.toStdString(), {}, {}, 0});
  });
}

QHBoxLayout* OverviewTab::create_chips() {
  auto* layout = new QHBoxLayout;
  layout->setSpacing(spacing::small);
  using Only = SamplesTab::Only;
  for (Only only : {Only::truncated, Only::failed, Only::unparsed}) {
    auto* chip = new QToolButton;
    chip->setToolTip(tr("Show these samples"));
    connect(chip, &QToolButton::clicked, this, [this, only] { Q_EMIT only_chosen(only); });
    chips_ << chip;
    layout->addWidget(chip);
  }
  layout->addStretch();
  return layout;
}

QWidget* OverviewTab::create_charts() {
  axes_ = new QComboBox;
  axes_->setObjectName(QStringLiteral("radar_axes"));
  axes_->setAccessibleName(tr("Axes of the radar chart"));
  axes_->addItems({tr("By capability"), tr("By benchmark"), tr("By task")});
  connect(axes_, &QComboBox::activated, this, &OverviewTab::draw_radar);
  rows_ = new QComboBox;
  rows_->setObjectName(QStringLiteral("latency_rows"));
  rows_->setAccessibleName(tr("Rows of the time table"));
  rows_->addItems({tr("Time by benchmark"), tr("Time by task")});
  connect(rows_, &QComboBox::activated, this, &OverviewTab::draw_latency);
  radar_ = new RadarView;
  latency_ = new LatencyTableView;
  connect(radar_, &ChartView::activated, this, &OverviewTab::radar_activated);
  connect(latency_, &LatencyTableView::activated, this, [this](const QString& key, int column) {
    JobChoice choice;
    (key.contains(QLatin1Char('/')) ? choice.task : choice.benchmark) = key.toStdString();
    choose(static_cast<size_t>(std::max(0, column)), key, choice);
  });
  auto* splitter = new QSplitter;
  splitter->setChildrenCollapsible(false);
  for (auto [chooser, chart] :
       {std::pair<QComboBox*, QWidget*>{axes_, radar_}, {rows_, latency_}}) {
    auto* side = new QWidget;
    auto* layout = new QVBoxLayout(side);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(spacing::small);
    layout->addWidget(chooser, 0, Qt::AlignLeft);
    layout->addWidget(chart, 1);
    splitter->addWidget(side);
  }
  splitter->setSizes({420, 720});
  keep_splitter(*splitter, QStringLiteral("pages/results/overview"));
  splitter->setMinimumHeight(380);
  return splitter;
}

void OverviewTab::set_chip(int chip, const QString& words, size_t count) {
  chips_[chip]->setText(words);
  chips_[chip]->setVisible(count > 0);
}

void OverviewTab::set_results(const RunResults& results) {
  // One benchmark says most by its tasks; who chooses otherwise keeps that choice.
  if (summary_.columns.empty() && !results.summary.columns.empty()) {
    const RunColumn& column = results.summary.columns.front();
    if (column.benchmarks.size() == 1) rows_->setCurrentIndex(1);
    if (column.capabilities.size() < 3 && column.tasks.size() >= 3) axes_->setCurrentIndex(2);
  }
  summary_ = results.summary;
  devices_ = std::max<size_t>(1, results.provenance.devices.size());
  cards_->set_summary(summary_);
  parts_->set_summary(summary_);
  const QString words = QString::fromStdString(figure_provenance(summary_, results.provenance));
  radar_->set_provenance(words);
  latency_->set_provenance(words);
  size_t truncated = 0, failed = 0, unparsed = 0;
  for (const JobSummary& job : summary_.jobs) {
    truncated += job.truncated;
    failed += job.failed;
    unparsed += job.unparsed;
  }
  set_chip(0, tr("%n truncated", nullptr, static_cast<int>(truncated)), truncated);
  set_chip(1, tr("%n failed", nullptr, static_cast<int>(failed)), failed);
  set_chip(2, tr("%n unparsed", nullptr, static_cast<int>(unparsed)), unparsed);
  draw_radar();
  draw_latency();
}

void OverviewTab::draw_radar() {
  radar_->set_model(radar_model({summary_}, static_cast<RadarAxes>(axes_->currentIndex())));
}

void OverviewTab::draw_latency() {
  latency_->set_model(latency_model({summary_}, rows_->currentIndex() == 1, devices_));
}

void OverviewTab::radar_activated(const QString& key) {
  const QStringList parts = key.split(QLatin1Char('/'));
  const RadarModel& model = radar_->model();
  if (parts.size() != 2 || parts[0] == QStringLiteral("legend")) return;
  const size_t series = parts[0].toULongLong(), axis = parts[1].toULongLong();
  if (series >= model.series.size() || axis >= model.axis_keys.size()) return;
  JobChoice choice;
  const std::string& group = model.axis_keys[axis];
  switch (static_cast<RadarAxes>(axes_->currentIndex())) {
    case RadarAxes::capabilities:
      choice.capability = group;
      break;
    case RadarAxes::benchmarks:
      choice.benchmark = group;
      break;
    case RadarAxes::tasks:
      choice.task = group;
      break;
  }
  choose(model.series[series].column, text(model.axes[axis]), choice);
}

void OverviewTab::choose(size_t column, const QString& label, const JobChoice& choice) {
  Q_EMIT jobs_chosen(label, jobs_of(summary_, column, choice));
}

}  // namespace loom::ui
