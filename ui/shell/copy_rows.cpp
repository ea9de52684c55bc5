#include "ui/shell/copy_rows.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHeaderView>
#include <QShortcut>
#include <QTableView>
#include <QTreeView>
#include <algorithm>

namespace loom::ui {
namespace {

const QHeaderView* header_of(const QAbstractItemView& view) {
  if (const auto* table = qobject_cast<const QTableView*>(&view)) return table->horizontalHeader();
  if (const auto* tree = qobject_cast<const QTreeView*>(&view)) return tree->header();
  return nullptr;
}

// From left to right, as a user may have dragged them.
QList<int> shown_columns(const QAbstractItemView& view) {
  const QHeaderView* header = header_of(view);
  if (!header) return {0};
  QList<int> columns;
  for (int place = 0; place < header->count(); ++place)
    if (const int column = header->logicalIndex(place); !header->isSectionHidden(column))
      columns << column;
  return columns;
}

QString cell_text(const QVariant& shown) {
  return shown.toString().simplified();  // a tab or a line's end would begin another cell
}

// From top to bottom: a selection lists them as they were chosen.
QModelIndexList rows_from_the_top(const QAbstractItemView& view) {
  QModelIndexList rows = view.selectionModel()->selectedRows();
  std::sort(rows.begin(), rows.end(), [&view](const QModelIndex& a, const QModelIndex& b) {
    return view.visualRect(a).top() < view.visualRect(b).top();
  });
  return rows;
}

}  // namespace

QString chosen_rows(const QAbstractItemView& view) {
  if (!view.model() || !view.selectionModel()) return {};
  const QList<int> columns = shown_columns(view);
  const QModelIndexList rows = rows_from_the_top(view);
  if (rows.isEmpty()) return {};
  QStringList lines, cells;
  for (int column : columns) cells << cell_text(view.model()->headerData(column, Qt::Horizontal));
  lines << cells.join(QLatin1Char('\t'));
  for (const QModelIndex& row : rows) {
    cells.clear();
    for (int column : columns) cells << cell_text(row.siblingAtColumn(column).data());
    lines << cells.join(QLatin1Char('\t'));
  }
  return lines.join(QLatin1Char('\n')) + QLatin1Char('\n');
}

void copy_rows_on_key(QAbstractItemView& view) {
  auto* key = new QShortcut(QKeySequence::Copy, &view);
  key->setContext(Qt::WidgetShortcut);
  QObject::connect(key, &QShortcut::activated, &view, [&view] {
    if (const QString rows = chosen_rows(view); !rows.isEmpty())
      QGuiApplication::clipboard()->setText(rows);
  });
}

}  // namespace loom::ui
