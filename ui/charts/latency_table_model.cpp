#include "ui/charts/latency_table_model.h"

#include <QColor>
#include <QFont>
#include <QLocale>
#include <algorithm>
#include <numeric>

#include "ui/charts/figure_painter.h"
#include "ui/charts/share_delegate.h"

namespace loom::ui {
namespace {

using Field = LatencyTableModel::Field;

Field field_of(int column) {
  return Field((column - 1) % LatencyTableModel::fields);
}

const LatencyRow::Cell& cell_of(const LatencyRow& row, int column) {
  return row.columns[static_cast<size_t>(LatencyTableModel::model_of(column))];
}

double prefill_s(const LatencyRow::Cell& cell) {
  return cell.timings.prefill_new_s + cell.timings.prefill_reused_s;
}

double number(const LatencyRow& row, int column) {
  const LatencyRow::Cell& cell = cell_of(row, column);
  switch (field_of(column)) {
    case Field::total:
      return cell.wall_s;
    case Field::tokenise:
      return cell.timings.tokenise_s;
    case Field::prefill:
      return prefill_s(cell);
    case Field::decode:
      return cell.timings.decode_s;
    case Field::prefill_rate:
      return cell.prefill_tokens_per_s.value_or(-1);
    case Field::decode_rate:
      return cell.decode_tokens_per_s.value_or(-1);
    case Field::memory:
      return static_cast<double>(cell.peak_memory_bytes);
  }
  return 0;
}

}  // namespace

void LatencyTableModel::set_model(LatencyModel model) {
  beginResetModel();
  model_ = std::move(model);
  order_.resize(model_.rows.size());
  reorder();
  endResetModel();
}

void LatencyTableModel::set_dark(bool dark) {
  dark_ = dark;
}

void LatencyTableModel::reorder() {
  std::iota(order_.begin(), order_.end(), size_t{0});
  if (sort_column_ < 0 || sort_column_ >= columnCount()) return;
  auto less = [this](size_t a, size_t b) {
    const LatencyRow &left = model_.rows[a], &right = model_.rows[b];
    if (sort_column_ == 0) return left.label < right.label;
    return number(left, sort_column_) < number(right, sort_column_);
  };
  std::stable_sort(order_.begin(), order_.end(), [&](size_t a, size_t b) {
    return sort_order_ == Qt::AscendingOrder ? less(a, b) : less(b, a);
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
  auto at = static_cast<size_t>(position);
  return at < order_.size() ? model_.rows[order_[at]] : model_.sum;
}

int LatencyTableModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() || model_.rows.empty() ? 0 : static_cast<int>(model_.rows.size()) + 1;
}

int LatencyTableModel::columnCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : 1 + static_cast<int>(model_.columns.size()) * fields;
}

QString LatencyTableModel::text(const QModelIndex& index) const {
  const LatencyRow& shown = row(index.row());
  bool sum = &shown == &model_.sum;
  if (index.column() == 0) return sum ? tr("Sum") : QString::fromStdString(shown.label);
  const LatencyRow::Cell& cell = cell_of(shown, index.column());
  if (cell.samples == 0 && cell.wall_s <= 0) return tr("–");
  double value = number(shown, index.column());
  switch (field_of(index.column())) {
    case Field::total:
    case Field::tokenise:
    case Field::prefill:
    case Field::decode:
      return QString::fromStdString(duration_text(value));
    case Field::prefill_rate:
    case Field::decode_rate:
      return value < 0 ? tr("–") : QLocale().toString(value, 'f', 1);
    case Field::memory:
      return QLocale().toString(value / 1e9, 'f', 2);
  }
  return {};
}

QVariant LatencyTableModel::data(const QModelIndex& index, int role) const {
  if (role == Qt::DisplayRole) return text(index);
  if (role == Qt::TextAlignmentRole)
    return QVariant((index.column() == 0 ? Qt::AlignLeft : Qt::AlignRight) | Qt::AlignVCenter);
  bool sum = static_cast<size_t>(index.row()) >= order_.size();
  if (role == Qt::FontRole && sum) {
    QFont bold;
    bold.setBold(true);
    return bold;
  }
  if (index.column() == 0 || sum || field_of(index.column()) != Field::total) return {};
  if (role == ShareDelegate::color_role)
    return to_qcolor(series_style(static_cast<size_t>(model_of(index.column())), dark_).color);
  if (role == ShareDelegate::share_role) {
    double all = cell_of(model_.sum, index.column()).wall_s;
    return all > 0 ? number(row(index.row()), index.column()) / all : 0.0;
  }
  return {};
}

QVariant LatencyTableModel::headerData(int section, Qt::Orientation orientation, int role) const {
  if (orientation != Qt::Horizontal || role != Qt::DisplayRole) return {};
  if (section == 0) return tr("Benchmark");
  QString what = field_title(field_of(section));
  // One model needs no name over each of its columns.
  if (model_.columns.size() == 1) return what;
  QString name = QString::fromStdString(model_.columns[static_cast<size_t>(model_of(section))]);
  return QString(name + u'\n' + what.replace(u'\n', u' '));
}

QString LatencyTableModel::field_title(Field field) {
  switch (field) {
    case Field::total:
      return tr("Total\ntime");
    case Field::tokenise:
      return tr("Tokenise\ntime");
    case Field::prefill:
      return tr("Prefill\ntime");
    case Field::decode:
      return tr("Decode\ntime");
    case Field::prefill_rate:
      return tr("Prefill\n(tokens/s)");
    case Field::decode_rate:
      return tr("Decode\n(tokens/s)");
    case Field::memory:
      return tr("Peak memory\n(GB)");
  }
  return {};
}

}  // namespace loom::ui
