#include "ui/view_models/table_style.h"

#include <QHeaderView>
#include <QSettings>

#include "ui/shell/copy_rows.h"

namespace loom::ui {

void prepare_table(QTableView& table, const QString& object_name, const QString& name) {
  table.setObjectName(object_name);
  table.setAccessibleName(name);
  table.setSelectionBehavior(QAbstractItemView::SelectRows);
  table.setEditTriggers(QAbstractItemView::NoEditTriggers);
  table.setShowGrid(false);
  table.setWordWrap(false);
  table.setTabKeyNavigation(false);
  table.setCornerButtonEnabled(false);
  table.setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
  table.verticalHeader()->hide();
  table.verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
  table.verticalHeader()->setDefaultSectionSize(28);
  table.horizontalHeader()->setHighlightSections(false);
  table.horizontalHeader()->setSectionsMovable(true);
  table.horizontalHeader()->setStretchLastSection(true);
  copy_rows_on_key(table);
}

void save_header(const QTableView& table, const QString& key) {
  QSettings().setValue(key, table.horizontalHeader()->saveState());
}

bool restore_header(QTableView& table, const QString& key) {
  const QByteArray state = QSettings().value(key).toByteArray();
  return !state.isEmpty() && table.horizontalHeader()->restoreState(state);
}

}  // namespace loom::ui
