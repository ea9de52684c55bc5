// What cannot be done now is shown disabled, and says why where it would say what it does.
#pragma once

#include <QString>

class QAbstractButton;
class QAction;

namespace loom::ui {

// Enabled where it is possible and nothing speaks against it. The tool tip, which readers of the
// screen are told too, is the reason against it, else `tip`.
void allow(QAction& action, bool possible, const QString& tip, const QString& against);
void allow(QAbstractButton& button, bool possible, const QString& tip, const QString& against);

}  // namespace loom::ui
