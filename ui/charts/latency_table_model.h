// Times as an item model: seven columns for each model, the sum always last.
#pragma once

#include <QAbstractTableModel>

#include "core/report/charts.h"

namespace loom::ui {

class LatencyTableModel : public QAbstractTableModel {
  Q_OBJECT
 public:
  enum class Field { total, tokenise, prefill, decode, prefill_rate, decode_rate, memory };
  static constexpr int fields = 7;

  using QAbstractTableModel::QAbstractTableModel;
  void set_model(LatencyModel model);
  void set_dark(bool dark);
  const LatencyRow& row(int position) const;
  static int model_of(int column) { return column < 1 ? 0 : (column - 1) / fields; }

  int rowCount(const QModelIndex& parent = {}) const override;
  int columnCount(const QModelIndex& parent = {}) const override;
  QVariant data(const QModelIndex& index, int role) const override;
  QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
  void sort(int column, Qt::SortOrder order) override;

 private:
  QString text(const QModelIndex& index) const;
  static QString field_title(Field field);
  void reorder();

  LatencyModel model_;
  std::vector<size_t> order_;  // positions of model_.rows
  int sort_column_ = -1;
  Qt::SortOrder sort_order_ = Qt::AscendingOrder;
  bool dark_ = false;
};

}  // namespace loom::ui
