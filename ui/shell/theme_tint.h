// One colour of the theme on a widget, and the next theme's when that changes: a palette of a
// widget's own does not follow the application's.
#pragma once

#include <QWidget>

#include "ui/shell/theme_colors.h"

namespace loom::ui {

// `widget`'s palette has `colour` of the shown theme at `role`, and nothing else of its own.
void keep_tint(QWidget& widget, QPalette::ColorRole role, QColor ThemeColors::*colour);

}  // namespace loom::ui
