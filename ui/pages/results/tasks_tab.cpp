#include "ui/pages/results/tasks_tab.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QSortFilterProxyModel>
#include <QTableView>

#include "ui/shell/column_fit.h"
#include "ui/shell/theme.h"
#include "ui/view_models/format.h"
#include "ui/view_models/score_table_model.h"
#include "ui/view_models/table_style.h"

namespace loom::ui {
namespace {

const QString kHeaderKey = QStringLiteral("pages/tasks/header");

}  // namespace

TasksTab::TasksTab(QWidget* parent)
    : QWidget(parent), model_(new ScoreTableModel(this)), sorted_(new QSortFilterProxyModel(this)) {
  create_table();
  rule_ = new QComboBox;
  rule_->setObjectName(QStringLiteral("mean_rule"));
  rule_->setAccessibleName(tr("Rule of the mean"));
  // In the order of kMeanRules.
  rule_->addItems({tr("Mean of benchmarks"), tr("Mean of six capabilities"),
                   tr("Benchmarks weighted by samples"), tr("Mean of tasks")});
  rule_->setToolTip(
      tr("A task's score is the mean over its lengths, a benchmark's the mean of its tasks. "
         "Published tables use the mean of benchmarks. Weighted by samples, a benchmark counts "
         "each task as often as it has samples, as loom-scope 0.8 does."));
  connect(rule_, &QComboBox::activated, this, &TasksTab::show_mean);
  mean_ = new QLabel;
  mean_->setObjectName(QStringLiteral("mean"));
  mean_->setFont(heading_font());
  auto* bar = new QHBoxLayout;
  bar->setSpacing(spacing::small);
  bar->addWidget(rule_);
  bar->addWidget(mean_, 1);
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, spacing::small, 0, 0);
  layout->setSpacing(spacing::small);
  layout->addLayout(bar);
  layout->addWidget(table_, 1);
}

void TasksTab::create_table() {
  sorted_->setSourceModel(model_);
  sorted_->setSortRole(ScoreTableModel::kSortRole);
  table_ = new QTableView;
  prepare_table(*table_, QStringLiteral("scores"), tr("Scores"));
  table_->setModel(sorted_);
  table_->setSortingEnabled(true);
  table_->sortByColumn(-1, Qt::AscendingOrder);
  // In the order of ScoreTableModel::Column.
  columns_ = new ColumnFit(*table_, *table_->horizontalHeader(),
                           {{200, 90, true},
                            {130, 80, true},
                            {170, 90, true},
                            {80, 68},
                            {70, 58},
                            {120, 104},
                            {60, 48},
                            {90, 80},
                            {70, 60},
                            {86, 76}});
  connect(table_, &QTableView::activated, this, &TasksTab::open_row);
}

void TasksTab::set_summary(const RunSummary& summary, const std::string& rule_set) {
  // Another run of the same rule set is shown by the rule that the reader chose.
  if (rule_set != rule_set_) rule_->setCurrentIndex(static_cast<int>(default_mean_rule(rule_set)));
  rule_set_ = rule_set;
  model_->set_summary(summary);
  table_->setColumnHidden(ScoreTableModel::Model, summary.columns.size() < 2);
  columns_->fit();
  show_mean();
}

void TasksTab::set_rule(MeanRule rule) {
  rule_->setCurrentIndex(static_cast<int>(rule));
  show_mean();
}

void TasksTab::show_mean() {
  const MeanRule rule = kMeanRules[rule_->currentIndex()];
  const auto& columns = model_->summary().columns;
  QStringList parts;
  bool missing = false;
  for (const RunColumn& column : columns) {
    const auto mean = mean_by(rule, model_->summary().jobs, column);
    const QString score = format_score(mean);
    parts << (columns.size() > 1 ? text(column.label) + QStringLiteral(": ") + score : score);
    missing = missing || column.capabilities.size() < kCapabilities.size();
  }
  QString words = parts.join(QStringLiteral("   "));
  words += QStringLiteral("   ") + tr("(rules: %1)").arg(text(rule_set_));
  if (rule == MeanRule::capabilities && missing)
    words += QStringLiteral("   ") + tr("(some capabilities have no benchmark in this run)");
  mean_->setText(words);
}

QString TasksTab::mean_text() const {
  return mean_->text();
}

void TasksTab::open_row(const QModelIndex& index) {
  const QModelIndex source = sorted_->mapToSource(index);
  const QString label = source.siblingAtColumn(ScoreTableModel::Benchmark).data().toString() +
                        QLatin1Char('/') +
                        source.siblingAtColumn(ScoreTableModel::Task).data().toString();
  Q_EMIT jobs_chosen(label, {model_->job(source.row())});
}

void TasksTab::save_state() const {
  save_header(*table_, kHeaderKey);
}

void TasksTab::restore_state() {
  if (restore_header(*table_, kHeaderKey)) columns_->take_widths();
}

}  // namespace loom::ui
