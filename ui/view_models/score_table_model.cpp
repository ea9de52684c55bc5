#include "ui/view_models/score_table_model.h"

#include "core/evaluation/missing_samples.h"
#include "ui/view_models/format.h"

namespace loom::ui {
namespace {

bool is_number(int column) {
  return column >= ScoreTableModel::Length;
}

QVariant count(size_t number) {
  return static_cast<qulonglong>(number);
}

QString lines_of(QStringList lines) {
  lines.removeAll(QString());
  return lines.join(QLatin1Char('\n'));
}

// The score without truncated samples, and with those that have none counted as wrong.
QString both_ways(const JobSummary& job) {
  QStringList lines;
  if (job.truncated > 0)
    lines << ScoreTableModel::tr("Without truncated samples: %1")
                 .arg(format_score(job.score_untruncated));
  if (const auto wrong = score_with_missing_wrong(job))
    lines << ScoreTableModel::tr("With failed and unparsed samples as wrong: %1")
                 .arg(format_score(wrong));
  return lines.join(QLatin1Char('\n'));
}

}  // namespace

void ScoreTableModel::set_summary(RunSummary summary) {
  beginResetModel();
  summary_ = std::move(summary);
  rows_.clear();
  for (size_t column = 0; column < summary_.columns.size(); ++column)
    for (int job : summary_.columns[column].jobs)
      rows_.push_back({column, static_cast<size_t>(job)});
  endResetModel();
}

int ScoreTableModel::job(int row) const {
  return summary_.jobs.at(rows_.at(static_cast<size_t>(row)).job).job.index;
}

int ScoreTableModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(rows_.size());
}

int ScoreTableModel::columnCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : ColumnCount;
}

QVariant ScoreTableModel::display(const Row& row, int column) const {
  const JobSummary& job = summary_.jobs[row.job];
  switch (column) {
    case Model:
      return text(summary_.columns[row.column].label);
    case Benchmark:
      return text(job.job.benchmark_id);
    case Task:
      return text(job.job.task);
    case Length:
      return job.job.length_tokens > 0 ? format_count(job.job.length_tokens) : QString();
    case Score:
      return job.lower_is_better && job.score ? tr("%1 ↓").arg(format_score(job.score))
                                              : format_score(job.score);
    case Interval:
      return format_interval(job.low, job.high);
    case Scored:
      return format_count(job.scored);
    case Truncated:
      return format_count(job.truncated);
    case Failed:
      return format_count(job.failed);
    case Unparsed:
      return format_count(job.unparsed);
  }
  return {};
}

QVariant ScoreTableModel::sort_value(const Row& row, int column) const {
  const JobSummary& job = summary_.jobs[row.job];
  switch (column) {
    case Length:
      return count(job.job.length_tokens);
    case Score:
      return job.score.value_or(-1);
    case Interval:
      return job.low && job.high ? *job.high - *job.low : -1;
    case Scored:
      return count(job.scored);
    case Truncated:
      return count(job.truncated);
    case Failed:
      return count(job.failed);
    case Unparsed:
      return count(job.unparsed);
    default:
      return display(row, column);
  }
}

QString ScoreTableModel::tip(const JobSummary& job, int column) const {
  const QString fewer =
      job.fewer_than_official
          ? tr("Fewer samples than the official %1").arg(format_count(job.job.official_samples))
          : QString();
  switch (column) {
    case Score:
      if (!job.score && job.job.metric == kNeedsJudge)
        return tr("Needs a judge: choose “Judge answers…”");
      if (!job.score) return tr("No sample has been scored yet");
      if (job.lower_is_better)
        return tr("%1: lower is better; part of no mean and of no chart").arg(text(job.job.metric));
      if (job.job.judge_version > 0)
        return tr("Judged by %1, rubric version %2")
            .arg(QString::fromStdString(job.job.metric))
            .arg(job.job.judge_version);
      return lines_of({both_ways(job), fewer});
    case Interval:
      if (job.interval == "wilson") return tr("95 % interval, Wilson");
      return job.interval.empty() ? QString() : tr("95 % interval, percentile bootstrap");
    case Scored:
      return tr("%1 of %2 planned samples are scored")
                 .arg(format_count(job.scored), format_count(job.planned)) +
             (fewer.isEmpty() ? fewer : QLatin1Char('\n') + fewer);
    default:
      return {};
  }
}

QVariant ScoreTableModel::data(const QModelIndex& index, int role) const {
  if (!index.isValid()) return {};
  const Row& row = rows_.at(static_cast<size_t>(index.row()));
  if (role == Qt::DisplayRole) return display(row, index.column());
  if (role == kSortRole) return sort_value(row, index.column());
  if (role == Qt::ToolTipRole) return tip(summary_.jobs[row.job], index.column());
  if (role == Qt::TextAlignmentRole)
    return QVariant(Qt::AlignVCenter |
                    (is_number(index.column()) ? Qt::AlignRight : Qt::AlignLeft));
  return {};
}

QVariant ScoreTableModel::headerData(int section, Qt::Orientation orientation, int role) const {
  if (orientation != Qt::Horizontal) return {};
  if (role == Qt::TextAlignmentRole)
    return QVariant(Qt::AlignVCenter | (is_number(section) ? Qt::AlignRight : Qt::AlignLeft));
  if (role != Qt::DisplayRole) return {};
  switch (section) {
    case Model:
      return tr("Model");
    case Benchmark:
      return tr("Benchmark");
    case Task:
      return tr("Task");
    case Length:
      return tr("Tokens");
    case Score:
      return tr("Score");
    case Interval:
      return tr("95 % interval");
    case Scored:
      return tr("n");
    case Truncated:
      return tr("Truncated");
    case Failed:
      return tr("Failed");
    case Unparsed:
      return tr("Unparsed");
  }
  return {};
}

}  // namespace loom::ui
