#include "ui/shell/dialog.h"

#include "ui/shell/reading_order.h"

namespace loom::ui {

void Dialog::setVisible(bool visible) {
  if (visible && !isVisible()) {
    const QList<QWidget*> stops = reading_order(*this);
    // Without a choice of ours Qt takes the widget that was made first, often a button.
    if (!focusWidget() && !stops.isEmpty()) stops.first()->setFocus(Qt::OtherFocusReason);
  }
  QDialog::setVisible(visible);
}

bool Dialog::focusNextPrevChild(bool next) {
  return focus_in_reading_order(*this, next);
}

}  // namespace loom::ui
