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
// Where Tab jumps back up the screen, other than from the last control to the first. Presses real
// keys.
QStringList backward_steps(QWidget& window);
// Lists and pages that have to be scrolled sideways.
QStringList sideways_views(QWidget& window);
// Column titles that are cut, in lists whose columns fit their width.
QStringList cut_titles(QWidget& window);

}  // namespace loom::testing
