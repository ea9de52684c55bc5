// Ctrl+C in a list: what a spreadsheet or a mail can take.
#pragma once

#include <QAbstractItemView>
#include <QString>

namespace loom::ui {

// The chosen rows as they are shown, below the titles of their columns, with tabs between cells.
QString chosen_rows(const QAbstractItemView& view);
// Qt by itself copies one cell.
void copy_rows_on_key(QAbstractItemView& view);

}  // namespace loom::ui
