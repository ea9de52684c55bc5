#include "ui/shell/menu_place.h"

#include <QCursor>

namespace loom::ui {

QPoint menu_place(const QWidget& page, const QString& name) {
  const auto* button = page.window()->findChild<const QWidget*>(name);
  if (!button || !button->isVisible()) return QCursor::pos();
  return button->mapToGlobal(QPoint(0, button->height()));
}

}  // namespace loom::ui
