#include "ui/pages/results/judged_tab.h"

#include <QHeaderView>
#include <QLabel>
#include <QTreeWidget>
#include <QVBoxLayout>

#include "ui/shell/theme.h"
#include "ui/view_models/format.h"

namespace loom::ui {
namespace {

// The newest events of judgings, which name the agreement; older ones stand in Provenance.
constexpr int kMostEvents = 3;

QString last_judgings(const Provenance& provenance) {
  QStringList lines;
  for (auto event = provenance.events.rbegin(); event != provenance.events.rend(); ++event)
    if (event->kind == "judge" && lines.size() < kMostEvents)
      lines << format_time(event->time) + QStringLiteral(": ") + text(event->text);
  return lines.join(QLatin1Char('\n'));
}

}  // namespace

JudgedTab::JudgedTab(QWidget* parent)
    : QWidget(parent), trust_(new QLabel), scores_(new QTreeWidget) {
  scores_->setObjectName(QStringLiteral("judged_scores"));
  scores_->setAccessibleName(tr("Scores given by judges"));
  scores_->setHeaderLabels({tr("Task"), tr("Model"), tr("Judge and rubric"), tr("Version"),
                            tr("Score"), tr("95 % interval"), tr("n"), tr("Without verdict"),
                            tr("Truncated")});
  scores_->setUniformRowHeights(true);
  scores_->setAlternatingRowColors(true);
  trust_->setObjectName(QStringLiteral("judged_trust"));
  trust_->setTextFormat(Qt::PlainText);
  trust_->setWordWrap(true);
  trust_->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
  auto* layout = new QVBoxLayout(this);
  layout->setContentsMargins(0, spacing::small, 0, 0);
  layout->setSpacing(spacing::small);
  layout->addWidget(trust_);
  layout->addWidget(scores_, 1);
}

void JudgedTab::set_results(const RunResults& results) {
  scores_->clear();
  for (const JudgedJob& job : results.judged) add_job(job);
  scores_->expandAll();
  for (int column = 0; column < scores_->columnCount(); ++column)
    scores_->resizeColumnToContents(column);
  trust_->setText(results.judged.empty()
                      ? tr("No answer of this run was judged yet. “Judge answers…” lets a model "
                           "grade them.")
                      : last_judgings(results.provenance));
}

void JudgedTab::add_job(const JudgedJob& job) {
  const JobSummary& summary = job.judged.summary;
  QString task = text(summary.job.benchmark_id + "/" + summary.job.task);
  if (summary.job.length_tokens > 0)
    task += QStringLiteral(" @ ") + format_count(summary.job.length_tokens);
  auto* row = new QTreeWidgetItem(
      scores_, {task, text(summary.model_name), text(summary.job.metric),
                QString::number(summary.job.judge_version), format_score(summary.score),
                format_interval(summary.low, summary.high), format_count(summary.scored),
                format_count(summary.unparsed), format_count(summary.truncated)});
  row->setToolTip(
      0, job.stands ? tr("This is the task's score") : tr("Stands beside the task's own score"));
  if (job.stands) {
    QFont font = scores_->font();
    font.setBold(true);
    row->setFont(4, font);
  }
  for (const auto& [name, value] : job.judged.figures) {
    QString words = text(name);
    words.replace(QLatin1Char('_'), QLatin1Char(' '));
    new QTreeWidgetItem(row, {words, {}, {}, {}, format_score(value)});
  }
}

}  // namespace loom::ui
