#include "ui/pages/results/lengths_tab.h"

#include <QComboBox>
#include <QLabel>
#include <QSplitter>
#include <QStackedWidget>
#include <QVBoxLayout>
#include <algorithm>

#include "core/export/figure_caption.h"
#include "ui/charts/score_charts.h"
#include "ui/shell/theme.h"
#include "ui/view_models/format.h"
#include "ui/view_models/splitter_state.h"

namespace loom::ui {
namespace {

QLabel* sentence(const QString& words) {
  auto* label = new QLabel(words);
  label->setAlignment(Qt::AlignCenter);
  label->setWordWrap(true);
  return label;
}

// The two indices of a hotspot; false for anything else.
bool indices(const QString& key, size_t& first, size_t& second) {
  const QStringList parts = key.split(QLatin1Char('/'));
  bool first_is_number = false, second_is_number = false;
  if (parts.size() != 2) return false;
  first = parts[0].toULongLong(&first_is_number);
  second = parts[1].toULongLong(&second_is_number);
  return first_is_number && second_is_number;
}

QString tokens_words(size_t tokens) {
  return LengthsTab::tr("%1 tokens").arg(format_count(tokens));
}

// Measured against base scores, and nothing else.
bool only_base_scores(const RunSummary& summary, const std::vector<std::string>& tasks) {
  return !tasks.empty() &&
         std::all_of(summary.jobs.begin(), summary.jobs.end(), [&](const JobSummary& job) {
           const std::string task = job.job.benchmark_id + "/" + job.job.task;
           return job.job.length_tokens == 0 ||
                  std::find(tasks.begin(), tasks.end(), task) != tasks.end();
         });
}

// A row may stand for the tenth around it, but never reaches beyond half-way to its neighbours.
std::pair<double, double> row_bounds(const std::vector<double>& depths, size_t row) {
  constexpr double most = 5;
  const double here = depths[row];
  const double before = row == 0 ? most : (here - depths[row - 1]) / 2;
  const double after = row + 1 == depths.size() ? most : (depths[row + 1] - here) / 2;
  return {here - std::min(before, most), here + std::min(after, most)};
}

}  // namespace

LengthsTab::LengthsTab(QWidget* parent) : QWidget(parent), stack_(new QStackedWidget) {
  stack_->addWidget(create_charts());
  stack_->addWidget(sentence(tr("No task of this run has lengths. RULER and NIAH measure them.")));
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, spacing::small, 0, 0);
  layout->addWidget(stack_);
}

QWidget* LengthsTab::create_curve() {
  curve_ = new LengthCurveView;
  connect(curve_, &ChartView::activated, this, &LengthsTab::curve_activated);
  curve_task_ = new QComboBox;
  curve_task_->setObjectName(QStringLiteral("length_curve_task"));
  curve_task_->setAccessibleName(tr("Tasks of the curve"));
  connect(curve_task_, &QComboBox::activated, this, [this] {
    chosen_curve_ = curve_task_->currentData().toString();
    draw_curve();
  });
  auto* left = new QWidget;
  auto* layout = new QVBoxLayout(left);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(spacing::small);
  layout->addWidget(curve_task_, 0, Qt::AlignLeft);
  layout->addWidget(curve_, 1);
  return left;
}

QWidget* LengthsTab::create_charts() {
  heat_map_ = new HeatMapView;
  connect(heat_map_, &ChartView::activated, this, &LengthsTab::heat_map_activated);
  task_ = new QComboBox;
  task_->setObjectName(QStringLiteral("heat_map_task"));
  task_->setAccessibleName(tr("Task of the heat-map"));
  connect(task_, &QComboBox::activated, this, &LengthsTab::draw_heat_map);
  map_stack_ = new QStackedWidget;
  map_stack_->addWidget(heat_map_);
  map_stack_->addWidget(sentence(tr("No task of this run records the depth of its evidence.")));
  auto* right = new QWidget;
  auto* layout = new QVBoxLayout(right);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(spacing::small);
  layout->addWidget(task_, 0, Qt::AlignLeft);
  layout->addWidget(map_stack_, 1);
  auto* splitter = new QSplitter;
  splitter->setChildrenCollapsible(false);
  splitter->addWidget(create_curve());
  splitter->addWidget(right);
  splitter->setSizes({560, 560});
  keep_splitter(*splitter, QStringLiteral("pages/results/lengths"));
  return splitter;
}

void LengthsTab::set_results(const RunResults& results) {
  summary_ = results.summary;
  stack_->setCurrentIndex(length_curve_model({summary_}).lengths.empty() ? 1 : 0);
  fill_curves();
  const QString words = QString::fromStdString(figure_provenance(summary_, results.provenance));
  curve_->set_provenance(words);
  heat_map_->set_provenance(words);
  maps_ = heat_map_models(summary_, results.points);
  fill_tasks();
}

// Scores of several benchmarks have no effective length in common, so RULER's own curve goes first.
QString LengthsTab::first_curve() const {
  const std::vector<std::string> tasks = tasks_with_base_score(summary_);
  if (only_base_scores(summary_, tasks)) return text(tasks.front());
  const QString ruler = QStringLiteral("ruler");
  return curve_task_->findData(ruler) >= 0 ? ruler : QString();
}

void LengthsTab::fill_curves() {
  curve_task_->clear();
  curve_task_->addItem(tr("All tasks"), QString());
  const std::vector<std::string> benchmarks = benchmarks_with_lengths(summary_);
  if (benchmarks.size() > 1)
    for (const std::string& benchmark : benchmarks)
      curve_task_->addItem(
          benchmark == "ruler" ? tr("%1, effective length").arg(text(benchmark)) : text(benchmark),
          text(benchmark));
  for (const std::string& task : tasks_with_base_score(summary_))
    curve_task_->addItem(tr("%1, base score").arg(text(task)), text(task));
  const int kept = chosen_curve_ ? curve_task_->findData(*chosen_curve_) : -1;
  curve_task_->setCurrentIndex(kept >= 0 ? kept : curve_task_->findData(first_curve()));
  curve_task_->setVisible(curve_task_->count() > 1);
  draw_curve();
}

void LengthsTab::draw_curve() {
  const std::string chosen = curve_task_->currentData().toString().toStdString();
  const bool is_task = chosen.find('/') != std::string::npos;
  curve_->set_model(is_task ? base_score_curve_model(summary_, chosen)
                            : length_curve_model({summary_}, chosen));
}

void LengthsTab::fill_tasks() {
  const QString kept = task_->currentText();
  task_->clear();
  for (const HeatMapModel& map : maps_)
    task_->addItem(summary_.columns.size() > 1
                       ? text(map.task) + QStringLiteral(" · ") + text(map.label)
                       : text(map.task));
  task_->setCurrentIndex(std::max(0, task_->findText(kept)));
  task_->setVisible(!maps_.empty());
  map_stack_->setCurrentIndex(maps_.empty() ? 1 : 0);
  draw_heat_map();
}

void LengthsTab::draw_heat_map() {
  const auto at = static_cast<size_t>(task_->currentIndex());
  if (at < maps_.size()) heat_map_->set_model(maps_[at]);
}

void LengthsTab::curve_activated(const QString& key) {
  const LengthCurveModel& model = curve_->model();
  size_t series = 0, length = 0;
  if (!indices(key, series, length)) return;
  if (series >= model.series.size() || length >= model.lengths.size()) return;
  const QString tasks = !model.task.empty()        ? text(model.task)
                        : !model.benchmark.empty() ? text(model.benchmark)
                                                   : tr("All tasks");
  Q_EMIT jobs_chosen(tasks + QStringLiteral(" · ") + tokens_words(model.lengths[length]),
                     jobs_of(summary_, model.series[series].column,
                             {{}, model.benchmark, model.task, model.lengths[length]}));
}

void LengthsTab::heat_map_activated(const QString& key) {
  const HeatMapModel& model = heat_map_->model();
  size_t depth = 0, length = 0;
  if (!indices(key, depth, length)) return;
  if (length >= model.lengths.size() || depth >= model.depths.size()) return;
  const size_t tokens = model.lengths[length];
  Q_EMIT cell_chosen(text(model.task) + QStringLiteral(" · ") + tokens_words(tokens) +
                         QStringLiteral(" · ") +
                         tr("depth %1 %").arg(QLocale().toString(model.depths[depth], 'g', 3)),
                     jobs_of(summary_, model.column, {{}, {}, model.task, tokens}),
                     row_bounds(model.depths, depth));
}

}  // namespace loom::ui
