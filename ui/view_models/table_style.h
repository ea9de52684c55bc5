// How every list of the window looks and is kept between starts.
#pragma once

#include <QTableView>

namespace loom::ui {

// Whole rows of 28 px, no grid, sensible header; `name` is spoken by screen readers.
void prepare_table(QTableView& table, const QString& object_name, const QString& name);
void save_header(const QTableView& table, const QString& key);
// False when nothing was kept; the caller sets its own widths then.
bool restore_header(QTableView& table, const QString& key);

}  // namespace loom::ui
