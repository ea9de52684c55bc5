// What a person would complain about on any screen. Each check returns the complaints.
#pragma once

#include <QStringList>
#include <QWidget>

namespace loom::testing {

// Buttons, fields, lists and charts that a screen reader would announce without a name.
QStringList nameless_widgets(QWidget& window);
// Labels and buttons that are smaller than their words, or that stick out of their parent.
QStringList clipped_texts(QWidget& window);
// Visible, enabled controls that pressing Tab does not reach. Presses real keys.
QStringList unreachable_widgets(QWidget& window);

}  // namespace loom::testing
