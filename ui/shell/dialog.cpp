#include "ui/shell/dialog.h"

#include <QLayout>
#include <QScreen>
#include <algorithm>

#include "ui/shell/reading_order.h"

namespace loom::ui {
namespace {

constexpr QSize kSmallest(960, 600);  // what the program is made for

// Qt opens a window on two thirds of the screen at most and presses its rows together to get there.
void fit_to_content(QDialog& dialog) {
  if (dialog.testAttribute(Qt::WA_Resized))  // its own size, on a screen that has room for it
    return dialog.resize(
        dialog.size().boundedTo(dialog.screen()->availableSize().expandedTo(kSmallest)));
  if (!dialog.layout()) return;
  dialog.ensurePolished();
  QSize size = dialog.sizeHint().expandedTo(dialog.minimumSize());
  if (dialog.layout()->hasHeightForWidth())
    size.setHeight(std::max(size.height(), dialog.layout()->totalHeightForWidth(size.width())));
  dialog.resize(size.boundedTo(dialog.screen()->availableSize()));
}

}  // namespace

void Dialog::setVisible(bool visible) {
  if (visible && !isVisible()) {
    fit_to_content(*this);
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
