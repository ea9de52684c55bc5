// The jobs of a run: state, progress, score so far with its interval. Numbers come from the
// history; the job at work counts on between two readings.
#pragma once

#include <QAbstractTableModel>
#include <QSortFilterProxyModel>

#include "core/evaluation/run_summary.h"
#include "core/execution/evaluation_run.h"

namespace loom::ui {

class RunJobsModel : public QAbstractTableModel {
  Q_OBJECT
 public:
  enum Column { name_column, progress_column, score_column, column_count };
  enum Role { share_role = Qt::UserRole + 1, failed_role, truncated_role, unparsed_role };
  enum class JobState { waiting, running, finished, with_failures };

  using QAbstractTableModel::QAbstractTableModel;
  void show_jobs(std::vector<JobSummary> jobs, bool several_models);
  void show_progress(const RunProgress& progress);
  void show_stopped();  // nothing is at work
  const std::vector<JobSummary>& jobs() const { return jobs_; }
  JobState state(size_t job) const;
  size_t done(size_t job) const;

  int rowCount(const QModelIndex& parent = {}) const override;
  int columnCount(const QModelIndex& parent = {}) const override;
  QVariant data(const QModelIndex& index, int role) const override;
  QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

 private:
  QString name(const JobSummary& job) const;
  QString state_word(size_t job) const;
  QIcon state_icon(size_t job) const;

  std::vector<JobSummary> jobs_;
  bool several_models_ = false;
  int current_ = -1;
  size_t current_done_ = 0, current_planned_ = 0;
};

// Jobs with at least one sample of a chosen kind; all jobs while no kind is chosen.
class TroubledJobs : public QSortFilterProxyModel {
  Q_OBJECT
 public:
  using QSortFilterProxyModel::QSortFilterProxyModel;
  void show_kinds(bool failed, bool truncated, bool unparsed);

 protected:
  bool filterAcceptsRow(int row, const QModelIndex& parent) const override;

 private:
  std::vector<int> roles_;
};

}  // namespace loom::ui
