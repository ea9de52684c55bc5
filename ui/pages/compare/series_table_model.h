// Scores of several runs: a row for each axis of the radar beside it, a column for each run and
// model, and below them the means, marked where they are no means of the same thing.
#pragma once

#include <QAbstractTableModel>

#include "core/report/charts.h"

namespace loom::ui {

class SeriesTableModel : public QAbstractTableModel {
  Q_OBJECT
 public:
  using QAbstractTableModel::QAbstractTableModel;
  // doubt: why the means are not comparable; empty: they are.
  void set_scores(RadarModel scores, std::vector<RunSummary> runs, const QString& doubt);

  int rowCount(const QModelIndex& parent = {}) const override;
  int columnCount(const QModelIndex& parent = {}) const override;
  QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
  QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

 private:
  static constexpr int kMeans = 2;  // of benchmarks, of capabilities
  bool is_mean(int row) const { return row >= static_cast<int>(scores_.axes.size()); }
  QString row_title(int row) const;
  QString cell(int row, const ChartSeries& series) const;
  QString tip(int row, const ChartSeries& series) const;

  RadarModel scores_;
  std::vector<RunSummary> runs_;
  QString doubt_;
};

}  // namespace loom::ui
