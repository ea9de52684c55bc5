#include "ui/pages/run/run_jobs_model.h"

#include <QIcon>
#include <algorithm>

#include "ui/view_models/format.h"
#include "ui/view_models/state_icon.h"

namespace loom::ui {

void RunJobsModel::show_jobs(std::vector<JobSummary> jobs, bool several_models) {
  several_models_ = several_models;
  if (jobs.size() == jobs_.size() && !jobs.empty()) {
    jobs_ = std::move(jobs);
    Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, column_count - 1));
    return;
  }
  beginResetModel();
  jobs_ = std::move(jobs);
  endResetModel();
}

void RunJobsModel::show_progress(const RunProgress& progress) {
  const int before = current_;
  current_ = progress.job;
  current_done_ = progress.job_done;
  current_planned_ = progress.job_planned;
  for (int row : {before, current_})
    if (row >= 0 && row < rowCount())
      Q_EMIT dataChanged(index(row, 0), index(row, column_count - 1));
}

void RunJobsModel::show_stopped() {
  current_ = -1;
  if (!jobs_.empty()) Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, column_count - 1));
}

size_t RunJobsModel::done(size_t job) const {
  const JobSummary& summary = jobs_.at(job);
  const size_t stored = summary.scored + summary.unparsed + summary.failed + summary.cancelled;
  return static_cast<int>(job) == current_ ? std::max(stored, current_done_) : stored;
}

RunJobsModel::JobState RunJobsModel::state(size_t job) const {
  const JobSummary& summary = jobs_.at(job);
  if (done(job) >= summary.planned)
    return summary.failed > 0 ? JobState::with_failures : JobState::finished;
  return static_cast<int>(job) == current_ ? JobState::running : JobState::waiting;
}

QString RunJobsModel::state_word(size_t job) const {
  switch (state(job)) {
    case JobState::waiting:
      return tr("Waiting");
    case JobState::running:
      return tr("Running");
    case JobState::finished:
      return tr("Finished");
    case JobState::with_failures:
      return tr("Finished with failures");
  }
  return {};
}

QIcon RunJobsModel::state_icon(size_t job) const {
  switch (state(job)) {
    case JobState::waiting:
      return sign_icon(Sign::waiting);
    case JobState::running:
      return sign_icon(Sign::running);
    case JobState::finished:
      return sign_icon(Sign::done);
    case JobState::with_failures:
      return sign_icon(Sign::attention);
  }
  return {};
}

QString RunJobsModel::name(const JobSummary& job) const {
  QString name = text(job.job.benchmark_id) + QStringLiteral(" · ") + text(job.job.task);
  if (job.job.length_tokens > 0)
    name += QStringLiteral(" · ") + format_count(job.job.length_tokens);
  // What a narrow column cuts off is the end.
  return several_models_ ? name + QStringLiteral(" · ") + text(job.model_name) : name;
}

int RunJobsModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(jobs_.size());
}
int RunJobsModel::columnCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : column_count;
}

QVariant RunJobsModel::data(const QModelIndex& index, int role) const {
  if (!index.isValid()) return {};
  const auto row = static_cast<size_t>(index.row());
  const JobSummary& job = jobs_.at(row);
  if (role == failed_role) return static_cast<qulonglong>(job.failed);
  if (role == truncated_role) return static_cast<qulonglong>(job.truncated);
  if (role == unparsed_role) return static_cast<qulonglong>(job.unparsed);
  if (role == share_role)
    return job.planned == 0 ? 0.0
                            : static_cast<double>(done(row)) / static_cast<double>(job.planned);
  if (index.column() == name_column) {
    if (role == Qt::DecorationRole) return state_icon(row);
    if (role == Qt::DisplayRole) return name(job);
    if (role == Qt::ToolTipRole || role == Qt::AccessibleDescriptionRole) return state_word(row);
  }
  if (role == Qt::DisplayRole && index.column() == progress_column)
    return tr("%1 of %2").arg(format_count(done(row)), format_count(job.planned));
  if (role == Qt::DisplayRole && index.column() == score_column) {
    QString score = format_score(job.score);
    if (job.lower_is_better && job.score) score += QStringLiteral(" ↓");
    const QString interval = format_interval(job.low, job.high);
    return interval.isEmpty() ? score : QString(score + QLatin1Char(' ') + interval);
  }
  if (role == Qt::ToolTipRole && index.column() == score_column && job.lower_is_better)
    return tr("%1: lower is better").arg(text(job.job.metric));
  if (role == Qt::TextAlignmentRole && index.column() == score_column)
    return QVariant(Qt::AlignRight | Qt::AlignVCenter);
  return {};
}

QVariant RunJobsModel::headerData(int section, Qt::Orientation orientation, int role) const {
  if (orientation != Qt::Horizontal || role != Qt::DisplayRole) return {};
  switch (section) {
    case name_column:
      return tr("Job");
    case progress_column:
      return tr("Samples");
    case score_column:
      return tr("Score so far");
    default:
      return {};
  }
}

void TroubledJobs::show_kinds(bool failed, bool truncated, bool unparsed) {
  roles_.clear();
  if (failed) roles_.push_back(RunJobsModel::failed_role);
  if (truncated) roles_.push_back(RunJobsModel::truncated_role);
  if (unparsed) roles_.push_back(RunJobsModel::unparsed_role);
  invalidateFilter();
}

bool TroubledJobs::filterAcceptsRow(int row, const QModelIndex& parent) const {
  if (roles_.empty()) return true;
  const QModelIndex index = sourceModel()->index(row, 0, parent);
  return std::any_of(roles_.begin(), roles_.end(),
                     [&](int role) { return index.data(role).toULongLong() > 0; });
}

}  // namespace loom::ui
