// A chart's rows as an item model: what is exported, its numbers by the window's locale.
#pragma once

#include <QAbstractTableModel>

#include "core/report/charts.h"

namespace loom::ui {

class ChartTableModel : public QAbstractTableModel {
  Q_OBJECT
 public:
  using QAbstractTableModel::QAbstractTableModel;
  void set_table(ChartTable table);
  QString tab_separated() const;  // header and rows as exported, for a spreadsheet

  int rowCount(const QModelIndex& parent = {}) const override;
  int columnCount(const QModelIndex& parent = {}) const override;
  QVariant data(const QModelIndex& index, int role) const override;
  QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

 private:
  ChartTable table_;
};

}  // namespace loom::ui
