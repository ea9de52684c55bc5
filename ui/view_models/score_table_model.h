// The scores of a run, a row per model column, task and length: the same values as the exported
// table. Sort through a proxy with kSortRole.
#pragma once

#include <QAbstractTableModel>

#include "core/evaluation/run_summary.h"

namespace loom::ui {

class ScoreTableModel : public QAbstractTableModel {
  Q_OBJECT
 public:
  enum Column {
    Model,
    Benchmark,
    Task,
    Length,
    Score,
    Interval,
    Scored,
    Truncated,
    Failed,
    Unparsed,
    ColumnCount
  };
  static constexpr int kSortRole = Qt::UserRole;

  using QAbstractTableModel::QAbstractTableModel;
  void set_summary(RunSummary summary);
  const RunSummary& summary() const { return summary_; }
  int job(int row) const;  // Job::index of a row

  int rowCount(const QModelIndex& parent = {}) const override;
  int columnCount(const QModelIndex& parent = {}) const override;
  QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
  QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

 private:
  struct Row {
    size_t column, job;  // indices into the summary
  };
  QVariant display(const Row& row, int column) const;
  QVariant sort_value(const Row& row, int column) const;
  QString tip(const JobSummary& job, int column) const;

  RunSummary summary_;
  std::vector<Row> rows_;
};

}  // namespace loom::ui
