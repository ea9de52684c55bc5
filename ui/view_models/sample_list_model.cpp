#include "ui/view_models/sample_list_model.h"

#include <algorithm>

#include "ui/view_models/format.h"
#include "ui/view_models/state_icon.h"

namespace loom::ui {
namespace {

Sign sign_of(Verdict verdict) {
  switch (verdict) {
    case Verdict::right:
    case Verdict::measured:
      return Sign::done;
    case Verdict::partial:
    case Verdict::unparsed:
      return Sign::attention;
    case Verdict::wrong:
      return Sign::wrong;
    case Verdict::failed:
      return Sign::failed;
    case Verdict::cancelled:
      return Sign::cancelled;
    case Verdict::pending:
      return Sign::waiting;
  }
  return Sign::waiting;
}

std::optional<double> percent(std::optional<double> score) {
  return score ? std::optional(*score * 100) : std::nullopt;
}

}  // namespace

Verdict verdict(SampleState state, std::optional<double> score, bool lower_is_better) {
  switch (state) {
    case SampleState::pending:
      return Verdict::pending;
    case SampleState::failed:
      return Verdict::failed;
    case SampleState::cancelled:
      return Verdict::cancelled;
    case SampleState::done:
      break;
  }
  if (!score) return Verdict::unparsed;
  if (lower_is_better) return Verdict::measured;
  if (*score >= 1) return Verdict::right;
  return *score <= 0 ? Verdict::wrong : Verdict::partial;
}

QString verdict_word(Verdict verdict) {
  switch (verdict) {
    case Verdict::right:
      return SampleListModel::tr("Right");
    case Verdict::partial:
      return SampleListModel::tr("Partly right");
    case Verdict::wrong:
      return SampleListModel::tr("Wrong");
    case Verdict::measured:
      return SampleListModel::tr("Measured");
    case Verdict::unparsed:
      return SampleListModel::tr("Unparsed");
    case Verdict::failed:
      return state_word(SampleState::failed);
    case Verdict::cancelled:
      return state_word(SampleState::cancelled);
    case Verdict::pending:
      return state_word(SampleState::pending);
  }
  return {};
}

namespace {

Verdict verdict_of(const SampleRow& row) {
  return verdict(row.state, row.score, row.lower_is_better);
}

}  // namespace

SampleListModel::SampleListModel(const RunQueries& queries, QObject* parent)
    : QAbstractTableModel(parent), queries_(queries), rows_([this](int64_t after, size_t limit) {
        return queries_.samples(run_, filter_, after, limit);
      }) {}

void SampleListModel::set_run(qint64 run, const SampleFilter& filter) {
  run_ = run;
  filter_ = filter;
  reload();
}

void SampleListModel::reload() {
  auto ids = queries_.sample_ids(run_, filter_);
  beginResetModel();
  rows_.reset(ids ? std::move(*ids) : std::vector<int64_t>());
  endResetModel();
  if (!ids) Q_EMIT problem(ids.error());
}

qint64 SampleListModel::sample_id(int row) const {
  return row >= 0 && row < rowCount() ? rows_.ids()[static_cast<size_t>(row)] : 0;
}

int SampleListModel::row_of(qint64 sample) const {
  const auto& ids = rows_.ids();
  auto found = std::lower_bound(ids.begin(), ids.end(), sample);
  return found != ids.end() && *found == sample ? static_cast<int>(found - ids.begin()) : -1;
}

const SampleRow* SampleListModel::sample_row(int row) const {
  if (row < 0 || row >= rowCount()) return nullptr;
  auto found = rows_.row(static_cast<size_t>(row));
  if (found) return *found;
  Q_EMIT problem(found.error());
  return nullptr;
}

int SampleListModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : static_cast<int>(rows_.size());
}

int SampleListModel::columnCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : ColumnCount;
}

QString SampleListModel::display(const SampleRow& row, int column) const {
  switch (column) {
    case State: {
      const QString word = verdict_word(verdict_of(row));
      return row.truncated ? tr("%1, truncated").arg(word) : word;
    }
    case Task:
      return text(row.task);
    case Length:
      return format_count(row.length_tokens > 0 ? row.length_tokens : row.prompt_tokens);
    case Score:
      return format_score(percent(row.score));
    case FirstWords:
      return text(row.first_words).simplified();
  }
  return {};
}

QVariant SampleListModel::data(const QModelIndex& index, int role) const {
  if (!index.isValid()) return {};
  if (role == Qt::TextAlignmentRole) {
    const bool number = index.column() == Length || index.column() == Score;
    return QVariant(Qt::AlignVCenter | (number ? Qt::AlignRight : Qt::AlignLeft));
  }
  if (role != Qt::DisplayRole && role != Qt::DecorationRole && role != Qt::ToolTipRole) return {};
  const SampleRow* row = sample_row(index.row());
  if (!row) return {};
  if (role == Qt::DecorationRole)
    return index.column() == State ? QVariant(sign_icon(sign_of(verdict_of(*row)))) : QVariant();
  return display(*row, index.column());
}

QVariant SampleListModel::headerData(int section, Qt::Orientation orientation, int role) const {
  if (orientation != Qt::Horizontal) return {};
  if (role == Qt::TextAlignmentRole)
    return QVariant(Qt::AlignVCenter |
                    (section == Length || section == Score ? Qt::AlignRight : Qt::AlignLeft));
  if (role == Qt::ToolTipRole && section == Length) return tr("Length in tokens");
  if (role != Qt::DisplayRole) return {};
  switch (section) {
    case State:
      return tr("State");
    case Task:
      return tr("Task");
    case Length:
      return tr("Tokens");
    case Score:
      return tr("Score");
    case FirstWords:
      return tr("Answer begins");
  }
  return {};
}

}  // namespace loom::ui
