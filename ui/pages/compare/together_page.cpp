#include "ui/pages/compare/together_page.h"

#include <QAction>
#include <QCheckBox>
#include <QComboBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QSplitter>
#include <QStackedWidget>
#include <QTabWidget>
#include <QTableView>

#include "core/export/figure_caption.h"
#include "ui/charts/latency_table_view.h"
#include "ui/charts/score_charts.h"
#include "ui/execution/workspace.h"
#include "ui/pages/compare/series_table_model.h"
#include "ui/pages/compare/settings_warning.h"
#include "ui/shell/icons.h"
#include "ui/shell/theme.h"
#include "ui/view_models/format.h"
#include "ui/view_models/splitter_state.h"
#include "ui/view_models/table_style.h"

namespace loom::ui {
namespace {

QString provenance_words(const Together& together, const std::vector<RunSummary>& summaries) {
  QStringList words;
  for (size_t i = 0; i < summaries.size(); ++i)
    words << QString::fromStdString(
        figure_provenance(summaries[i], together.compared.provenances[i]));
  return words.join(QStringLiteral("\n\n"));
}

}  // namespace

TogetherPage::TogetherPage(Workspace& workspace, QWidget* parent)
    : Page(parent), history_(new HistoryReader(workspace.store_file(), this)) {
  setObjectName(QStringLiteral("together_page"));
  compare_ = new QAction(icon(Icon::compare, IconTone::on_accent), tr("Compare"), this);
  compare_->setToolTip(tr("Differences per task with their intervals, and the answers"));
  compare_->setEnabled(false);
  connect(compare_, &QAction::triggered, this, [this] { Q_EMIT open_compare(runs_); });
  warning_ = new SettingsWarning;
  message_ = new QLabel(tr("Select two to six runs on the Runs page."));
  message_->setAlignment(Qt::AlignCenter);
  message_->setWordWrap(true);
  create_tabs();
  stack_ = new QStackedWidget;
  stack_->addWidget(message_);
  stack_->addWidget(tabs_);
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(spacing::page, 0, spacing::page, spacing::page);
  layout->setSpacing(spacing::small);
  layout->addWidget(warning_);
  layout->addWidget(create_choices());
  layout->addWidget(stack_, 1);
  connect(&workspace, &Workspace::runs_changed, this, &TogetherPage::refresh);
}

QWidget* TogetherPage::create_choices() {
  auto* bar = new QWidget;
  tasks_ = new QLabel;
  tasks_->setObjectName(QStringLiteral("together_tasks"));
  tasks_->setWordWrap(true);
  only_shared_ = new QCheckBox(tr("Only tasks that all runs have"));
  only_shared_->setObjectName(QStringLiteral("only_shared"));
  connect(only_shared_, &QCheckBox::toggled, this, &TogetherPage::draw);
  auto* row = new QHBoxLayout(bar);
  row->setContentsMargins(0, 0, 0, 0);
  row->setSpacing(spacing::medium);
  row->addWidget(only_shared_);
  row->addWidget(tasks_, 1);
  return bar;
}

QWidget* TogetherPage::create_overview() {
  axes_ = new QComboBox;
  axes_->setObjectName(QStringLiteral("together_axes"));
  axes_->setAccessibleName(tr("Axes of the radar chart and rows of the table"));
  axes_->addItems({tr("By capability"), tr("By benchmark"), tr("By task")});
  connect(axes_, &QComboBox::activated, this, &TogetherPage::draw);
  radar_ = new RadarView;
  connect(radar_, &ChartView::activated, this, [this](const QString& key) {
    bool number = false;
    const size_t series = key.section(QLatin1Char('/'), 0, 0).toULongLong(&number);
    if (number) open_series(series);
  });
  scores_ = new SeriesTableModel(this);
  table_ = new QTableView;
  prepare_table(*table_, QStringLiteral("together_scores"), tr("Scores by run and model"));
  table_->setModel(scores_);
  connect(table_, &QTableView::activated, this, [this](const QModelIndex& index) {
    if (index.column() > 0) open_series(static_cast<size_t>(index.column()) - 1);
  });
  auto* left = new QWidget;
  auto* column = new QVBoxLayout(left);
  column->setContentsMargins(0, spacing::small, 0, 0);
  column->setSpacing(spacing::small);
  column->addWidget(axes_, 0, Qt::AlignLeft);
  column->addWidget(radar_, 1);
  auto* splitter = new QSplitter;
  splitter->setChildrenCollapsible(false);
  splitter->addWidget(left);
  auto* right = new QWidget;
  auto* below_tabs = new QVBoxLayout(right);
  below_tabs->setContentsMargins(0, spacing::small, 0, 0);
  below_tabs->addWidget(table_);
  splitter->addWidget(right);
  splitter->setSizes({520, 600});
  keep_splitter(*splitter, QStringLiteral("pages/together/overview"));
  return splitter;
}

void TogetherPage::create_tabs() {
  lengths_ = new LengthCurveView;
  latency_ = new LatencyTableView;
  no_lengths_ = new QLabel(tr("No task of these runs has lengths. RULER and NIAH measure them."));
  no_lengths_->setAlignment(Qt::AlignCenter);
  no_lengths_->setWordWrap(true);
  auto* lengths = new QWidget;
  auto* column = new QVBoxLayout(lengths);
  column->setContentsMargins(0, spacing::small, 0, 0);
  column->addWidget(lengths_, 1);
  column->addWidget(no_lengths_, 1);
  tabs_ = new QTabWidget;
  tabs_->setObjectName(QStringLiteral("together_tabs"));
  tabs_->setAccessibleName(tr("Parts of the results"));
  tabs_->setDocumentMode(true);
  tabs_->addTab(create_overview(), tr("Scores"));
  tabs_->addTab(lengths, tr("Lengths"));
  tabs_->addTab(latency_, tr("Times"));
}

void TogetherPage::show_runs(const QList<qint64>& runs) {
  runs_ = runs.first(std::min(runs.size(), static_cast<qsizetype>(kMostParts)));
  const std::vector<int64_t> ids(runs_.begin(), runs_.end());
  history_->read<Together>(
      [ids](const RunQueries& queries) { return read_together(queries, ids); },
      [this](Result<Together> together) { show_together(std::move(together)); });
}

void TogetherPage::show_together(Result<Together> together) {
  compare_->setEnabled(together.has_value());
  stack_->setCurrentIndex(together ? 1 : 0);
  if (!together) {
    message_->setText(tr("These runs could not be read."));
    warning_->set_differences({}, {});
    Q_EMIT problem(together.error());
    return;
  }
  together_ = std::move(*together);
  only_shared_->setEnabled(!together_.has_same_tasks() && together_.tasks_shared > 0);
  if (!only_shared_->isEnabled()) only_shared_->setChecked(false);
  only_shared_->setToolTip(together_.has_same_tasks()     ? tr("The runs have the same tasks")
                           : together_.tasks_shared == 0 ? tr("The runs share no task")
                                                         : QString());
  draw();
  Q_EMIT loaded();
}

const std::vector<RunSummary>& TogetherPage::summaries() const {
  return only_shared_->isChecked() ? together_.shared : together_.all;
}

void TogetherPage::draw() {
  const bool same_tasks = together_.has_same_tasks() || only_shared_->isChecked();
  QStringList doubts = together_.differences;
  if (!same_tasks)
    doubts << tr("Tasks: the runs have %1 tasks between them and share %2, so their means are over "
                 "different tasks.")
                  .arg(format_count(together_.tasks_all), format_count(together_.tasks_shared));
  warning_->set_differences(tr("Scores stand beside each other here that may not be comparable, "
                               "and so do their means."),
                            doubts);
  tasks_->setText(tr("Tasks shown: %1.")
                      .arg(format_count(only_shared_->isChecked() ? together_.tasks_shared
                                                                  : together_.tasks_all)));
  const auto axes = static_cast<RadarAxes>(axes_->currentIndex());
  RadarModel scores = radar_model(summaries(), axes);
  scores_->set_scores(scores, summaries(), doubts.join(QLatin1Char('\n')));
  table_->resizeColumnsToContents();
  radar_->set_model(std::move(scores));
  LengthCurveModel curve = length_curve_model(summaries());
  const bool has_lengths = !curve.lengths.empty();
  lengths_->set_model(std::move(curve));
  lengths_->setVisible(has_lengths);
  no_lengths_->setVisible(!has_lengths);
  latency_->set_model(latency_model(summaries(), axes == RadarAxes::tasks, together_.devices));
  const QString words = provenance_words(together_, summaries());
  radar_->set_provenance(words);
  lengths_->set_provenance(words);
  latency_->set_provenance(words);
}

void TogetherPage::open_series(size_t series) {
  const auto& shown = radar_->model().series;
  if (series >= shown.size()) return;
  Q_EMIT open_results(together_.compared.parts.at(shown[series].run).run, -1);
}

QString TogetherPage::warning() const {
  return warning_->warning();
}

void TogetherPage::refresh() {
  if (runs_.size() >= 2) show_runs(runs_);
}

}  // namespace loom::ui
