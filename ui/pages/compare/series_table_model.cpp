#include "ui/pages/compare/series_table_model.h"

#include <QFont>

#include "ui/view_models/format.h"

namespace loom::ui {

void SeriesTableModel::set_scores(RadarModel scores, std::vector<RunSummary> runs,
                                  const QString& doubt) {
  beginResetModel();
  scores_ = std::move(scores);
  runs_ = std::move(runs);
  doubt_ = doubt;
  endResetModel();
}

int SeriesTableModel::rowCount(const QModelIndex& parent) const {
  if (parent.isValid() || scores_.axes.empty()) return 0;
  return static_cast<int>(scores_.axes.size()) + kMeans;
}

int SeriesTableModel::columnCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(scores_.series.size()) + 1;
}

QString SeriesTableModel::row_title(int row) const {
  if (!is_mean(row)) return text(scores_.axes[static_cast<size_t>(row)]);
  const bool first = row == static_cast<int>(scores_.axes.size());
  const QString title = first ? tr("Mean of benchmarks") : tr("Mean of capabilities");
  return doubt_.isEmpty() ? title : QStringLiteral("⚠ ") + title;
}

QString SeriesTableModel::cell(int row, const ChartSeries& series) const {
  if (is_mean(row)) {
    const RunColumn& column = runs_.at(series.run).columns.at(series.column);
    const bool first = row == static_cast<int>(scores_.axes.size());
    return format_score(first ? column.mean_of_benchmarks : column.mean_of_capabilities);
  }
  const ChartValue& value = series.values.at(static_cast<size_t>(row));
  if (!value.value) return format_score(std::nullopt);
  return format_score(value.value) + u' ' + format_interval(value.low, value.high);
}

QString SeriesTableModel::tip(int row, const ChartSeries& series) const {
  if (is_mean(row)) return doubt_;
  const ChartValue& value = series.values.at(static_cast<size_t>(row));
  QStringList parts{value.n == 1 ? tr("1 sample")
                                 : tr("%1 samples").arg(format_count(value.n))};
  if (value.truncated > 0) parts << tr("%1 truncated").arg(format_count(value.truncated));
  if (value.failed > 0) parts << tr("%1 failed").arg(format_count(value.failed));
  return parts.join(QStringLiteral(", "));
}

QVariant SeriesTableModel::data(const QModelIndex& index, int role) const {
  const int row = index.row();
  if (!index.isValid() || row >= rowCount()) return {};
  if (role == Qt::FontRole && is_mean(row)) {
    QFont bold;
    bold.setBold(true);
    return bold;
  }
  if (index.column() == 0) {
    if (role == Qt::DisplayRole) return row_title(row);
    return role == Qt::ToolTipRole && is_mean(row) ? QVariant(doubt_) : QVariant();
  }
  const ChartSeries& series = scores_.series.at(static_cast<size_t>(index.column()) - 1);
  switch (role) {
    case Qt::DisplayRole:
      return cell(row, series);
    case Qt::ToolTipRole:
      return tip(row, series);
    case Qt::TextAlignmentRole:
      return int(Qt::AlignRight | Qt::AlignVCenter);
    case Qt::AccessibleTextRole:
      return QStringLiteral("%1, %2: %3")
          .arg(text(series.label), row_title(row), cell(row, series));
    default:
      return {};
  }
}

QVariant SeriesTableModel::headerData(int section, Qt::Orientation orientation, int role) const {
  if (orientation != Qt::Horizontal) return {};
  if (role == Qt::TextAlignmentRole && section > 0) return int(Qt::AlignRight | Qt::AlignVCenter);
  if (role != Qt::DisplayRole && role != Qt::ToolTipRole) return {};
  if (section == 0) return tr("Score");
  QString title = text(scores_.series.at(static_cast<size_t>(section) - 1).label);
  // Run and model below each other: several columns have room beside each other.
  if (role == Qt::DisplayRole) title.replace(QStringLiteral(" · "), QStringLiteral("\n"));
  return title;
}

}  // namespace loom::ui
