// Samples that two runs score differently, the widest difference first.
#pragma once

#include <QAbstractTableModel>

#include "ui/pages/compare/comparison.h"

namespace loom::ui {

class DisagreementModel : public QAbstractTableModel {
  Q_OBJECT
 public:
  enum Column { Task, Record, Other, BaselineScore, OtherScore, ColumnCount };

  using QAbstractTableModel::QAbstractTableModel;
  void set_comparison(const Comparison& comparison);
  // Only samples of this task ("benchmark/task@length") and run; empty and 0: all.
  void set_filter(const std::string& task, size_t other);
  const Disagreement& row(int row) const;

  int rowCount(const QModelIndex& parent = {}) const override;
  int columnCount(const QModelIndex& parent = {}) const override;
  QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
  QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

 private:
  QString display(const Disagreement& one, int column) const;

  std::vector<Disagreement> all_;
  std::vector<size_t> shown_;
  std::string baseline_;
  std::vector<std::string> others_;
};

}  // namespace loom::ui
