#include "ui/shell/dialog.h"

#include "ui/shell/reading_order.h"

namespace loom::ui {

void Dialog::setVisible(bool visible) {
  if (visible && !isVisible()) {
    order_tabs(*this);
    const QList<QWidget*> stops = reading_order(*this);
    // Without a choice of ours Qt takes the widget that was made first, often a button.
    if (!focusWidget() && !stops.isEmpty()) stops.first()->setFocus(Qt::OtherFocusReason);
  }
  QDialog::setVisible(visible);
}

bool Dialog::focusNextPrevChild(bool next) {
  order_tabs(*this);
  return QDialog::focusNextPrevChild(next);
}

}  // namespace loom::ui
