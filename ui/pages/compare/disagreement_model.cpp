#include "ui/pages/compare/disagreement_model.h"

#include "ui/view_models/format.h"

namespace loom::ui {
namespace {

std::string key_of(const PairedSample& pair) {
  return task_key(pair.benchmark, pair.task, pair.length_tokens);
}

bool is_number(int column) {
  return column >= DisagreementModel::BaselineScore;
}

}  // namespace

void DisagreementModel::set_comparison(const Comparison& comparison) {
  all_ = comparison.disagreements;
  baseline_ = comparison.differences.baseline;
  others_ = comparison.differences.series;
  set_filter({}, 0);
}

void DisagreementModel::set_filter(const std::string& task, size_t other) {
  beginResetModel();
  shown_.clear();
  for (size_t i = 0; i < all_.size(); ++i)
    if ((task.empty() || task == key_of(all_[i].pair)) && (other == 0 || other == all_[i].other))
      shown_.push_back(i);
  endResetModel();
}

const Disagreement& DisagreementModel::row(int row) const {
  return all_.at(shown_.at(static_cast<size_t>(row)));
}

int DisagreementModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(shown_.size());
}

int DisagreementModel::columnCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : ColumnCount;
}

QString DisagreementModel::display(const Disagreement& one, int column) const {
  switch (column) {
    case Task:
      return text(key_of(one.pair));
    case Record:
      return text(one.pair.record_id);
    case Other:
      return text(others_.at(one.other - 1));
    case BaselineScore:
      return format_score(*one.pair.score_a * 100);
    case OtherScore:
      return format_score(*one.pair.score_b * 100);
  }
  return {};
}

QVariant DisagreementModel::data(const QModelIndex& index, int role) const {
  if (!index.isValid()) return {};
  if (role == Qt::DisplayRole || role == Qt::ToolTipRole)
    return display(row(index.row()), index.column());
  if (role == Qt::TextAlignmentRole)
    return QVariant(Qt::AlignVCenter |
                    (is_number(index.column()) ? Qt::AlignRight : Qt::AlignLeft));
  return {};
}

QVariant DisagreementModel::headerData(int section, Qt::Orientation orientation, int role) const {
  if (orientation != Qt::Horizontal) return {};
  if (role == Qt::TextAlignmentRole)
    return QVariant(Qt::AlignVCenter | (is_number(section) ? Qt::AlignRight : Qt::AlignLeft));
  if (role == Qt::ToolTipRole && section == BaselineScore) return text(baseline_);
  if (role != Qt::DisplayRole) return {};
  switch (section) {
    case Task:
      return tr("Task");
    case Record:
      return tr("Sample");
    case Other:
      return tr("Run");
    case BaselineScore:
      return tr("Baseline");
    case OtherScore:
      return tr("Score");
  }
  return {};
}

}  // namespace loom::ui
