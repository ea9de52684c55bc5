#include "ui/view_models/splitter_state.h"

#include <QSettings>
#include <QSplitter>

namespace loom::ui {

void keep_splitter(QSplitter& splitter, const QString& key) {
  const QByteArray state = QSettings().value(key).toByteArray();
  if (!state.isEmpty()) splitter.restoreState(state);
  QObject::connect(&splitter, &QSplitter::splitterMoved, &splitter,
                   [&splitter, key] { QSettings().setValue(key, splitter.saveState()); });
}

}  // namespace loom::ui
