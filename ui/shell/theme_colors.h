// The colours of the window: neutral surfaces, one accent, three states. Every text colour has a
// contrast of at least 4.5 on every surface that it may stand on; a test computes it.
#pragma once

#include <QColor>
#include <QPalette>

namespace loom::ui {

struct ThemeColors {
  QColor window, surface, rail, hover, selection;  // what text stands on
  QColor border, control_border;
  QColor text, secondary, disabled;
  QColor accent, accent_hover, on_accent;  // the filled button and what stands on it
  QColor accent_text;                      // links, focus, the chosen entry
  QColor success, warning, danger;         // always beside an icon and a word
  QColor info_surface, warning_surface, danger_surface;
};

const ThemeColors& light_colors();
const ThemeColors& dark_colors();
// Tells the theme from a palette, so that widgets need no reference to the theme.
bool is_dark(const QPalette& palette);
const ThemeColors& theme_colors(const QPalette& palette);
QPalette make_palette(const ThemeColors& colors);

}  // namespace loom::ui
