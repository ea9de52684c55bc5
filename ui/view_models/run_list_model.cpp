#include "ui/view_models/run_list_model.h"

#include <algorithm>

#include "ui/view_models/format.h"
#include "ui/view_models/state_icon.h"

namespace loom::ui {

RunListModel::RunListModel(const RunQueries& queries, QObject* parent)
    : QAbstractTableModel(parent), queries_(queries), rows_([this](int64_t before, size_t limit) {
        return queries_.runs(filter_, before, limit);
      }) {}

void RunListModel::set_filter(const RunFilter& filter) {
  filter_ = filter;
  reload();
}

void RunListModel::reload() {
  auto ids = queries_.run_ids(filter_);
  beginResetModel();
  rows_.reset(ids ? std::move(*ids) : std::vector<int64_t>());
  endResetModel();
  if (!ids) Q_EMIT problem(ids.error());
}

void RunListModel::reload_run(qint64 run) {
  const int row = row_of(run);
  if (row < 0) return;
  auto fresh = queries_.run(run);
  if (!fresh) {
    Q_EMIT problem(fresh.error());
    return;
  }
  rows_.replace(static_cast<size_t>(row), std::move(*fresh));
  Q_EMIT dataChanged(index(row, 0), index(row, ColumnCount - 1));
}

qint64 RunListModel::run_id(int row) const {
  return row >= 0 && row < rowCount() ? rows_.ids()[static_cast<size_t>(row)] : 0;
}

int RunListModel::row_of(qint64 run) const {
  const auto& ids = rows_.ids();
  auto found = std::lower_bound(ids.begin(), ids.end(), run, std::greater<>());
  return found != ids.end() && *found == run ? static_cast<int>(found - ids.begin()) : -1;
}

const RunRow* RunListModel::run_row(int row) const {
  if (row < 0 || row >= rowCount()) return nullptr;
  auto found = rows_.row(static_cast<size_t>(row));
  if (found) return *found;
  Q_EMIT problem(found.error());
  return nullptr;
}

int RunListModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(rows_.size());
}

int RunListModel::columnCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : ColumnCount;
}

QString RunListModel::display(const RunRow& row, int column) const {
  switch (column) {
    case Name:
      return text(row.name);
    case State:
      return state_word(row.state);
    case Mean:
      return format_score(row.mean);
    case Models:
      return joined(row.models);
    case Benchmarks:
      return joined(row.benchmarks);
    case Samples:
      return row.samples_done == row.samples_planned
                 ? format_count(row.samples_done)
                 : tr("%1 of %2")
                       .arg(format_count(row.samples_done), format_count(row.samples_planned));
    case Created:
      return format_time(row.created);
    case Time:
      return format_duration(row.wall_s);
    case Tags:
      return joined(row.tags);
  }
  return {};
}

QVariant RunListModel::data(const QModelIndex& index, int role) const {
  if (!index.isValid()) return {};
  if (role == Qt::TextAlignmentRole) {
    const bool number =
        index.column() == Mean || index.column() == Samples || index.column() == Time;
    return QVariant(Qt::AlignVCenter | (number ? Qt::AlignRight : Qt::AlignLeft));
  }
  if (role != Qt::DisplayRole && role != Qt::EditRole && role != Qt::DecorationRole &&
      role != Qt::ToolTipRole)
    return {};
  const RunRow* row = run_row(index.row());
  if (!row) return {};
  if (role == Qt::DecorationRole)
    return index.column() == State ? QVariant(sign_icon(sign_of(row->state))) : QVariant();
  if (role == Qt::ToolTipRole && index.column() == State && !row->message.empty())
    return text(row->message);
  if (role == Qt::ToolTipRole && index.column() == Samples && row->samples_failed > 0)
    return tr("Failed samples: %1").arg(format_count(row->samples_failed));
  return display(*row, index.column());
}

QVariant RunListModel::headerData(int section, Qt::Orientation orientation, int role) const {
  if (orientation != Qt::Horizontal) return {};
  const bool number = section == Mean || section == Samples || section == Time;
  if (role == Qt::TextAlignmentRole)
    return QVariant(Qt::AlignVCenter | (number ? Qt::AlignRight : Qt::AlignLeft));
  if (role == Qt::ToolTipRole && section == Mean)
    return tr("Plain mean of the benchmarks' scores, 0 to 100");
  if (role != Qt::DisplayRole) return {};
  switch (section) {
    case Name:
      return tr("Name");
    case State:
      return tr("State");
    case Mean:
      return tr("Mean");
    case Models:
      return tr("Models");
    case Benchmarks:
      return tr("Benchmarks");
    case Samples:
      return tr("Samples");
    case Created:
      return tr("Created");
    case Time:
      return tr("Time, h:mm:ss");
    case Tags:
      return tr("Tags");
  }
  return {};
}

Qt::ItemFlags RunListModel::flags(const QModelIndex& index) const {
  Qt::ItemFlags flags = QAbstractTableModel::flags(index);
  if (index.column() == Name || index.column() == Tags) flags |= Qt::ItemIsEditable;
  return flags;
}

bool RunListModel::setData(const QModelIndex& index, const QVariant& value, int role) {
  if (role != Qt::EditRole || !index.isValid()) return false;
  const qint64 run = run_id(index.row());
  const QString typed = value.toString().trimmed();
  if (typed == data(index, Qt::EditRole).toString()) return false;
  if (index.column() == Name) {
    if (typed.isEmpty()) return false;
    Q_EMIT name_edited(run, typed);
    return true;
  }
  if (index.column() != Tags) return false;
  QStringList tags;
  for (const QString& part : typed.split(QLatin1Char(','), Qt::SkipEmptyParts))
    if (!part.trimmed().isEmpty() && !tags.contains(part.trimmed())) tags << part.trimmed();
  Q_EMIT tags_edited(run, tags);
  return true;
}

}  // namespace loom::ui
