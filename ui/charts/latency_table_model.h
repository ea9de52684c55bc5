// Times as an item model: a line for each benchmark and model, the sums of the models last. With
// several models they are lines rather than columns, so that all quantities are seen side by side.
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
  // Columns of names before those of numbers: the benchmark; with several models the model too.
  int name_columns() const { return model_.columns.size() > 1 ? 2 : 1; }
  const LatencyRow& row(int position) const;
  int model_at(int position) const;  // a column of the LatencyModel

  int rowCount(const QModelIndex& parent = {}) const override;
  int columnCount(const QModelIndex& parent = {}) const override;
  QVariant data(const QModelIndex& index, int role) const override;
  QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
  void sort(int column, Qt::SortOrder order) override;

 private:
  struct Line {
    size_t row = 0, model = 0;
  };
  Field field_of(int column) const { return Field(column - name_columns()); }
  bool is_sum(int position) const { return static_cast<size_t>(position) >= lines_.size(); }
  const LatencyRow::Cell& cell_of(const Line& line) const;
  const LatencyRow::Cell& cell_at(int position) const;
  QString text(const QModelIndex& index) const;
  QVariant share(const QModelIndex& index, int role) const;
  bool comes_before(const Line& left, const Line& right) const;
  void reorder();

  LatencyModel model_;
  std::vector<Line> lines_;  // without the sums
  int sort_column_ = -1;
  Qt::SortOrder sort_order_ = Qt::AscendingOrder;
  bool dark_ = false;
};

}  // namespace loom::ui
