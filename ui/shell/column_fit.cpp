#include "ui/shell/column_fit.h"

#include <QAbstractItemView>
#include <QHeaderView>
#include <QHelpEvent>
#include <QStyle>
#include <QStyleOptionHeader>
#include <QToolTip>
#include <algorithm>

namespace loom::ui {
namespace {

constexpr int kNarrowest = 24;  // a column can still be seen and dragged

// `amount` in proportion to `weights`, to the last pixel.
std::vector<int> shared_out(int amount, const std::vector<int>& weights) {
  std::vector<int> parts;
  int64_t all = 0, weighed = 0, given = 0;
  for (int weight : weights) all += weight;
  for (int weight : weights) {
    weighed += weight;
    const int64_t until = all > 0 ? amount * weighed / all : 0;
    parts.push_back(static_cast<int>(until - given));
    given = until;
  }
  return parts;
}

}  // namespace

int title_width(const QHeaderView& header, int column) {
  QStyleOptionHeader option;
  option.initFrom(&header);
  option.orientation = header.orientation();
  option.section = column;
  if (header.model())
    option.text =
        header.model()->headerData(column, header.orientation(), Qt::DisplayRole).toString();
  if (header.isSortIndicatorShown() && header.sortIndicatorSection() == column)
    option.sortIndicator = QStyleOptionHeader::SortDown;
  return header.style()
      ->sizeFromContents(QStyle::CT_HeaderSection, &option, QSize(), &header)
      .width();
}

std::vector<int> fitted_widths(const std::vector<ColumnWidth>& columns, int room) {
  int wanted = 0, least = 0;
  for (const ColumnWidth& column : columns) {
    wanted += column.wanted;
    least += std::min(column.least, column.wanted);
  }
  std::vector<int> widths, weights;
  int shared = room - wanted;  // more than is wanted: to those that take the rest
  for (const ColumnWidth& column : columns) {
    widths.push_back(column.wanted);
    weights.push_back(column.takes_rest ? column.wanted : 0);
  }
  if (room < wanted) {
    for (size_t i = 0; i < columns.size(); ++i) {
      widths[i] = std::min(columns[i].least, columns[i].wanted);
      weights[i] = room < least ? widths[i] : columns[i].wanted - widths[i];
    }
    shared = room - least;
  }
  const std::vector<int> parts = shared_out(shared, weights);
  for (size_t i = 0; i < widths.size(); ++i) widths[i] += parts[i];
  return widths;
}

ColumnFit::ColumnFit(QAbstractItemView& view, QHeaderView& header, std::vector<ColumnWidth> columns)
    : QObject(&header),
      view_(view),
      viewport_(view.viewport()),
      header_(header),
      columns_(std::move(columns)) {
  header.setMinimumSectionSize(kNarrowest);
  header.setTextElideMode(Qt::ElideRight);
  viewport_->installEventFilter(this);
  dragged_.resize(columns_.size());
  // The sorted column has an arrow beside its title. Later: restoring an earlier start says so
  // before its widths are taken.
  connect(&header, &QHeaderView::sortIndicatorChanged, this, &ColumnFit::fit, Qt::QueuedConnection);
  // Whoever drags a column wants it so; the others make room at the next change of size.
  connect(&header, &QHeaderView::sectionResized, this, [this](int column, int, int width) {
    if (fitting_ || width <= 0 || column >= static_cast<int>(columns_.size())) return;
    columns_[static_cast<size_t>(column)].wanted = width;
    dragged_[static_cast<size_t>(column)] = true;
  });
  fit();
}

void ColumnFit::take_widths() {
  for (size_t i = 0; i < columns_.size(); ++i)
    if (const int width = header_.sectionSize(static_cast<int>(i)); width > 0)
      columns_[i].wanted = width;
  fit();
}

// Titles are shown whole as long as there is room for all of them, whatever the language makes
// of them; a column that was dragged narrower is what its user wants.
std::vector<ColumnWidth> ColumnFit::with_titles(const std::vector<int>& shown, int room) const {
  std::vector<ColumnWidth> titled, plain;
  int least = 0;
  for (int column : shown) {
    const auto i = static_cast<size_t>(column);
    const int title = title_width(header_, column);
    ColumnWidth width = columns_[i];
    if (!dragged_[i]) width.wanted = std::max(width.wanted, title);
    plain.push_back(width);
    width.least = std::min(std::max(width.least, title), width.wanted);
    titled.push_back(width);
    least += width.least;
  }
  if (room >= least) return titled;
  for (size_t i = 0; i < plain.size(); ++i) plain[i].wanted = titled[i].least;
  return plain;
}

void ColumnFit::fit() {
  if (fitting_) return;
  fitting_ = true;
  header_.setStretchLastSection(false);
  std::vector<int> shown;
  for (int column = 0; column < header_.count() && column < static_cast<int>(columns_.size());
       ++column)
    if (!header_.isSectionHidden(column)) shown.push_back(column);
  const int room = view_.viewport()->width();
  const std::vector<int> widths = fitted_widths(with_titles(shown, room), room);
  for (size_t i = 0; i < shown.size(); ++i) header_.resizeSection(shown[i], widths[i]);
  fitting_ = false;
}

// A cell that has something else to tell keeps its own tool tip.
bool ColumnFit::tells_whole(const QHelpEvent& event) const {
  const QModelIndex cell = view_.indexAt(event.pos());
  if (!cell.isValid() || !cell.data(Qt::ToolTipRole).toString().isEmpty()) return false;
  if (view_.sizeHintForIndex(cell).width() <= view_.visualRect(cell).width()) return false;
  QToolTip::showText(event.globalPos(), cell.data().toString(), view_.viewport());
  return true;
}

bool ColumnFit::eventFilter(QObject* watched, QEvent* event) {
  if (watched == viewport_ && event->type() == QEvent::Resize) fit();
  if (watched == viewport_ && event->type() == QEvent::ToolTip &&
      tells_whole(*static_cast<QHelpEvent*>(event)))
    return true;
  return QObject::eventFilter(watched, event);
}

}  // namespace loom::ui
