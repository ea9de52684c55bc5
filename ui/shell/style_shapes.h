// The few shapes that the window's style is made of.
#pragma once

#include <QPainter>
#include <QStyleOption>

#include "ui/shell/theme_colors.h"

namespace loom::ui::shapes {

inline constexpr double kRadius = 6, kSmallRadius = 4;
inline constexpr int kMenuArrow = 16;  // beside the text of a button that opens a menu

enum class Direction { up, down, left, right };

void rounded(QPainter& painter, const QRect& rect, const QColor& fill, const QColor& border,
             double radius = kRadius, double width = 1);
void focus_ring(QPainter& painter, const QRect& rect, const ThemeColors& colors,
                double radius = kRadius);
void chevron(QPainter& painter, const QRect& rect, Direction direction, const QColor& color);
// Keyboard focus only: a mouse click shows its effect by itself.
bool shows_focus(const QStyleOption& option);
// A tool button with words that opens its menu at once.
bool has_menu_arrow(const QStyleOption* option);
// A field: surface, border, and the accent while it is edited.
void field(QPainter& painter, const QStyleOption& option, const ThemeColors& colors);

}  // namespace loom::ui::shapes
