#include "ui/charts/chart_table_model.h"

#include "ui/charts/figure_words.h"
#include "ui/shell/quantity_text.h"

namespace loom::ui {

void ChartTableModel::set_table(ChartTable table) {
  beginResetModel();
  table_ = std::move(table);
  endResetModel();
}

QString ChartTableModel::tab_separated() const {
  auto line = [](const std::vector<std::string>& fields) {
    QStringList texts;
    for (const std::string& field : fields) texts << QString::fromStdString(field);
    return QString(texts.join(u'\t') + u'\n');
  };
  QString text = line(table_.header);
  for (const auto& row : table_.rows) text += line(row);
  return text;
}

int ChartTableModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(table_.rows.size());
}

int ChartTableModel::columnCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(table_.header.size());
}

QVariant ChartTableModel::data(const QModelIndex& index, int role) const {
  const QString text = QString::fromStdString(
      table_.rows[static_cast<size_t>(index.row())][static_cast<size_t>(index.column())]);
  bool number = static_cast<size_t>(index.column()) >= table_.names;
  const double value = number ? text.toDouble(&number) : 0;
  if (role == Qt::DisplayRole) {
    const auto point = text.indexOf(u'.');
    return number ? decimal_text(value, static_cast<int>(point < 0 ? 0 : text.size() - point - 1))
                  : text;
  }
  if (role == Qt::TextAlignmentRole)
    return QVariant((number ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter);
  return {};
}

QVariant ChartTableModel::headerData(int section, Qt::Orientation orientation, int role) const {
  if (orientation != Qt::Horizontal || role != Qt::DisplayRole) return {};
  return figure_word(table_.header[static_cast<size_t>(section)]);
}

}  // namespace loom::ui
