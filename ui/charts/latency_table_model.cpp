#include "ui/charts/latency_table_model.h"

#include <QColor>
#include <QFont>
#include <algorithm>

#include "ui/charts/figure_painter.h"
#include "ui/charts/latency_fields.h"
#include "ui/charts/share_delegate.h"

namespace loom::ui {

void LatencyTableModel::set_model(LatencyModel model) {
  beginResetModel();
  model_ = std::move(model);
  reorder();
  endResetModel();
}

void LatencyTableModel::set_dark(bool dark) {
  dark_ = dark;
}

const LatencyRow::Cell& LatencyTableModel::cell_of(const Line& line) const {
  return model_.rows[line.row].columns[line.model];
}

bool LatencyTableModel::comes_before(const Line& left, const Line& right) const {
  if (sort_column_ >= name_columns()) {
    const Field field = field_of(sort_column_);
    return latency_number(cell_of(left), field) < latency_number(cell_of(right), field);
  }
  if (sort_column_ == 1) return model_.columns[left.model] < model_.columns[right.model];
  return model_.rows[left.row].label < model_.rows[right.row].label;
}

void LatencyTableModel::reorder() {
  lines_.clear();
  const size_t models = model_.columns.size();
  for (size_t row = 0; row < model_.rows.size(); ++row)
    for (size_t model = 0; model < models; ++model)
      // A model that had no job there has no line; a lone one shows that it was not at work.
      if (models == 1 || latency_known(model_.rows[row].columns[model]))
        lines_.push_back({row, model});
  if (sort_column_ < 0 || sort_column_ >= columnCount()) return;
  std::stable_sort(lines_.begin(), lines_.end(), [this](const Line& a, const Line& b) {
    return sort_order_ == Qt::AscendingOrder ? comes_before(a, b) : comes_before(b, a);
  });
}

void LatencyTableModel::sort(int column, Qt::SortOrder order) {
  Q_EMIT layoutAboutToBeChanged();
  sort_column_ = column;
  sort_order_ = order;
  reorder();
  Q_EMIT layoutChanged();
}

const LatencyRow& LatencyTableModel::row(int position) const {
  return is_sum(position) ? model_.sum : model_.rows[lines_[static_cast<size_t>(position)].row];
}

int LatencyTableModel::model_at(int position) const {
  const auto at = static_cast<size_t>(position);
  return static_cast<int>(is_sum(position) ? at - lines_.size() : lines_[at].model);
}

const LatencyRow::Cell& LatencyTableModel::cell_at(int position) const {
  return row(position).columns[static_cast<size_t>(model_at(position))];
}

int LatencyTableModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() || model_.rows.empty()
             ? 0
             : static_cast<int>(lines_.size() + model_.columns.size());
}

int LatencyTableModel::columnCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : name_columns() + fields;
}

QString LatencyTableModel::text(const QModelIndex& index) const {
  if (index.column() == 0)
    return is_sum(index.row()) ? tr("Sum") : QString::fromStdString(row(index.row()).label);
  if (index.column() < name_columns())
    return QString::fromStdString(model_.columns[static_cast<size_t>(model_at(index.row()))]);
  return latency_text(cell_at(index.row()), field_of(index.column()));
}

// The bar of a total time: its part of the model's sum.
QVariant LatencyTableModel::share(const QModelIndex& index, int role) const {
  if (index.column() != name_columns() || is_sum(index.row())) return {};
  const auto model = static_cast<size_t>(model_at(index.row()));
  if (role == ShareDelegate::color_role) return to_qcolor(series_style(model, dark_).color);
  const double all = model_.sum.columns[model].wall_s;
  return all > 0 ? cell_at(index.row()).wall_s / all : 0.0;
}

QVariant LatencyTableModel::data(const QModelIndex& index, int role) const {
  switch (role) {
    case Qt::DisplayRole:
    case Qt::ToolTipRole:  // a narrow column cuts its texts
      return text(index);
    case Qt::TextAlignmentRole:
      return QVariant((index.column() < name_columns() ? Qt::AlignLeft : Qt::AlignRight) |
                      Qt::AlignVCenter);
    case Qt::FontRole: {
      if (!is_sum(index.row())) return {};
      QFont bold;
      bold.setBold(true);
      return bold;
    }
    case ShareDelegate::share_role:
    case ShareDelegate::color_role:
      return share(index, role);
    default:
      return {};
  }
}

QVariant LatencyTableModel::headerData(int section, Qt::Orientation orientation, int role) const {
  if (orientation != Qt::Horizontal) return {};
  if (section < name_columns()) {
    if (role != Qt::DisplayRole && role != Qt::ToolTipRole) return {};
    return section == 0 ? tr("Benchmark") : tr("Model");
  }
  if (role == Qt::DisplayRole) return latency_title(field_of(section));
  if (role == Qt::ToolTipRole) return latency_help(field_of(section));
  return {};
}

}  // namespace loom::ui
