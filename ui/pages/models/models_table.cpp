#include "ui/pages/models/models_table.h"

#include <limits>

#include "ui/shell/quantity_text.h"

namespace loom::ui {
namespace {

bool is_number(int column) {
  return column == ModelsTable::parameters || column == ModelsTable::window ||
         column == ModelsTable::file_size;
}

}  // namespace

void ModelsTable::set_models(std::vector<LocalModel> models,
                             const std::vector<LocalDevice>& devices) {
  beginResetModel();
  models_ = std::move(models);
  fits_.clear();
  for (const LocalModel& found : models_) fits_.push_back(fit_model(found, devices));
  endResetModel();
}

int ModelsTable::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(models_.size());
}

int ModelsTable::columnCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : column_count;
}

QString ModelsTable::text(const LocalModel& found, const ModelFit& its_fit, int column) const {
  auto known = [](uint64_t value, QString written) { return value == 0 ? QString() : written; };
  switch (column) {
    case name: return QString::fromStdString(found.name);
    case architecture: return QString::fromStdString(found.architecture);
    case parameters: return known(found.parameters, large_count_text(found.parameters));
    case window:
      return found.recurrent ? tr("no limit")
                             : known(found.window_tokens, count_text(found.window_tokens));
    case file_size: return known(found.file_bytes, bytes_text(found.file_bytes));
    case weight_type: return QString::fromStdString(found.weight_type);
    case fit: return short_fit_text(its_fit);
    default: return {};
  }
}

QVariant ModelsTable::sort_key(const LocalModel& found, const ModelFit& its_fit,
                               int column) const {
  switch (column) {
    case parameters: return qulonglong(found.parameters);
    case window:
      return found.recurrent ? std::numeric_limits<qulonglong>::max()
                             : qulonglong(found.window_tokens);
    case file_size: return qulonglong(found.file_bytes);
    case fit: return static_cast<int>(its_fit.fit);
    default: return text(found, its_fit, column);
  }
}

QVariant ModelsTable::data(const QModelIndex& index, int role) const {
  if (!index.isValid()) return {};
  const LocalModel& found = model(index.row());
  const ModelFit& its_fit = model_fit(index.row());
  switch (role) {
    case Qt::DisplayRole: return text(found, its_fit, index.column());
    case Qt::ToolTipRole:
      if (index.column() == fit)
        return found.problem.empty() ? fit_text(its_fit) : QString::fromStdString(found.problem);
      return index.column() == name ? QString::fromStdString(found.path.string()) : QVariant();
    case Qt::AccessibleTextRole:
      return index.column() == fit ? QVariant(fit_text(its_fit)) : QVariant();
    case Qt::DecorationRole:
      return index.column() == fit ? QVariant(fit_icon(its_fit)) : QVariant();
    case Qt::TextAlignmentRole:
      return int(Qt::AlignVCenter | (is_number(index.column()) ? Qt::AlignRight : Qt::AlignLeft));
    case sort_role: return sort_key(found, its_fit, index.column());
    default: return {};
  }
}

QVariant ModelsTable::headerData(int section, Qt::Orientation orientation, int role) const {
  if (orientation != Qt::Horizontal) return {};
  if (role == Qt::TextAlignmentRole)
    return int(Qt::AlignVCenter | (is_number(section) ? Qt::AlignRight : Qt::AlignLeft));
  if (role != Qt::DisplayRole) return {};
  switch (section) {
    case name: return tr("Name");
    case architecture: return tr("Architecture");
    case parameters: return tr("Parameters");
    case window: return tr("Window, tokens");
    case file_size: return tr("Size");
    case weight_type: return tr("Weights");
    case fit: return tr("In memory");
    default: return {};
  }
}

}  // namespace loom::ui
