#include "ui/shell/style_shapes.h"

#include <QPainterPath>
#include <QStyle>

namespace loom::ui::shapes {

void rounded(QPainter& painter, const QRect& rect, const QColor& fill, const QColor& border,
             double radius, double width) {
  painter.save();
  painter.setRenderHint(QPainter::Antialiasing);
  bool bordered = border.isValid() && border.alpha() > 0;
  painter.setPen(bordered ? QPen(border, width) : QPen(Qt::NoPen));
  painter.setBrush(fill.isValid() ? QBrush(fill) : QBrush(Qt::NoBrush));
  double inset = bordered ? width / 2 : 0;
  painter.drawRoundedRect(QRectF(rect).adjusted(inset, inset, -inset, -inset), radius, radius);
  painter.restore();
}

void focus_ring(QPainter& painter, const QRect& rect, const ThemeColors& colors, double radius) {
  rounded(painter, rect, QColor(), colors.accent_text, radius, 2);
}

void chevron(QPainter& painter, const QRect& rect, Direction direction, const QColor& color) {
  painter.save();
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setPen(QPen(color, 1.6, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
  painter.translate(QRectF(rect).center());
  constexpr double kTurns[] = {180, 0, 90, -90};
  painter.rotate(kTurns[static_cast<int>(direction)]);
  double reach = qMin(4.0, qMin(rect.width(), rect.height()) / 2.0 - 1);
  painter.drawPolyline(QPolygonF({{-reach, -reach / 2}, {0, reach / 2}, {reach, -reach / 2}}));
  painter.restore();
}

bool shows_focus(const QStyleOption& option) {
  constexpr auto both = QStyle::State_HasFocus | QStyle::State_KeyboardFocusChange;
  return (option.state & both) == both;
}

bool has_menu_arrow(const QStyleOption* option) {
  using Button = QStyleOptionToolButton;
  const auto* button = qstyleoption_cast<const Button*>(option);
  return button && button->toolButtonStyle != Qt::ToolButtonIconOnly &&
         (button->features & Button::HasMenu) &&
         !(button->features & (Button::MenuButtonPopup | Button::PopupDelay));
}

void field(QPainter& painter, const QStyleOption& option, const ThemeColors& colors) {
  bool enabled = option.state & QStyle::State_Enabled;
  bool focus = enabled && (option.state & QStyle::State_HasFocus);
  rounded(painter, option.rect, enabled ? colors.surface : colors.window,
          focus ? colors.accent_text : enabled ? colors.control_border : colors.border, kRadius,
          focus ? 2 : 1);
}

}  // namespace loom::ui::shapes
