#include "ui/shell/allow.h"

#include <QAbstractButton>
#include <QAction>

namespace loom::ui {

void allow(QAction& action, bool possible, const QString& tip, const QString& against) {
  action.setEnabled(possible && against.isEmpty());
  action.setToolTip(against.isEmpty() ? tip : against);
}

void allow(QAbstractButton& button, bool possible, const QString& tip, const QString& against) {
  button.setEnabled(possible && against.isEmpty());
  button.setToolTip(against.isEmpty() ? tip : against);
  if (!against.isEmpty()) button.setAccessibleDescription(against);
}

}  // namespace loom::ui
