// Panels, frames, indicators and focus.
#include <QFrame>
#include <QGroupBox>
#include <QHeaderView>
#include <QToolButton>

#include "ui/shell/style_shapes.h"
#include "ui/shell/theme.h"
#include "ui/shell/window_style.h"

namespace loom::ui {
namespace {

bool has(const QStyleOption& option, QStyle::StateFlag flag) { return option.state & flag; }

bool is_marked(const QWidget* widget, const char* property) {
  return widget && widget->property(property).toBool();
}

void push_button(QPainter& painter, const QStyleOption& option, const QWidget* widget,
                 const ThemeColors& c) {
  const auto* button = qstyleoption_cast<const QStyleOptionButton*>(&option);
  bool enabled = has(option, QStyle::State_Enabled);
  bool hover = enabled && has(option, QStyle::State_MouseOver);
  bool down = has(option, QStyle::State_Sunken);
  bool filled = is_marked(widget, "primary") ||
                (button && (button->features & QStyleOptionButton::DefaultButton));
  if (filled && enabled) {
    shapes::rounded(painter, option.rect, hover || down ? c.accent_hover : c.accent, QColor());
  } else if (button && (button->features & QStyleOptionButton::Flat)) {
    if (hover || down) shapes::rounded(painter, option.rect, c.hover, QColor());
  } else if (has(option, QStyle::State_On)) {
    shapes::rounded(painter, option.rect, c.selection, c.accent_text);
  } else {
    QColor fill = !enabled ? c.window : down ? c.selection : hover ? c.hover : c.surface;
    shapes::rounded(painter, option.rect, fill, enabled ? c.control_border : c.border);
  }
  if (shapes::shows_focus(option)) {
    // On the filled button the ring stands inside, in the colour of its text.
    if (filled && enabled)
      shapes::rounded(painter, option.rect.adjusted(3, 3, -3, -3), QColor(), c.on_accent, 4, 1.5);
    else
      shapes::focus_ring(painter, option.rect, c);
  }
}

void tool_button(QPainter& painter, const QStyleOption& option, const ThemeColors& c) {
  bool enabled = has(option, QStyle::State_Enabled);
  if (has(option, QStyle::State_On))
    shapes::rounded(painter, option.rect, c.selection, QColor());
  else if (enabled && has(option, QStyle::State_Sunken))
    shapes::rounded(painter, option.rect, c.selection, QColor());
  else if (enabled && has(option, QStyle::State_MouseOver))
    shapes::rounded(painter, option.rect, c.hover, QColor());
  if (shapes::shows_focus(option)) shapes::focus_ring(painter, option.rect, c);
}

void tick(QPainter& painter, const QRectF& box, const QColor& color, bool partly) {
  painter.save();
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setPen(QPen(color, 2, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
  auto at = [&box](double x, double y) {
    return QPointF(box.left() + x * box.width(), box.top() + y * box.height());
  };
  if (partly)
    painter.drawLine(at(0.28, 0.5), at(0.72, 0.5));
  else
    painter.drawPolyline(QPolygonF({at(0.24, 0.52), at(0.43, 0.70), at(0.76, 0.32)}));
  painter.restore();
}

void indicator(QPainter& painter, const QStyleOption& option, const ThemeColors& c, bool round) {
  bool enabled = has(option, QStyle::State_Enabled);
  bool partly = has(option, QStyle::State_NoChange);
  bool on = has(option, QStyle::State_On) || partly;
  double radius = round ? option.rect.width() / 2.0 : shapes::kSmallRadius;
  QColor fill = on ? (enabled ? c.accent : c.disabled) : enabled ? c.surface : c.window;
  QColor border = on ? QColor() : enabled ? c.secondary : c.border;
  shapes::rounded(painter, option.rect, fill, border, radius);
  if (!on) return;
  if (round)
    shapes::rounded(painter, option.rect.adjusted(5, 5, -5, -5), c.on_accent, QColor(), 3);
  else
    tick(painter, QRectF(option.rect), c.on_accent, partly);
}

void view_item(QPainter& painter, const QStyleOption& option, const ThemeColors& c) {
  const auto* item = qstyleoption_cast<const QStyleOptionViewItem*>(&option);
  if (!item) return;
  if (has(option, QStyle::State_Selected) && item->showDecorationSelected)
    painter.fillRect(option.rect, c.selection);
  else if (item->backgroundBrush.style() != Qt::NoBrush)
    painter.fillRect(option.rect, item->backgroundBrush);
  else if (has(option, QStyle::State_MouseOver) && has(option, QStyle::State_Enabled))
    painter.fillRect(option.rect, c.hover);
}

void frame(QPainter& painter, const QStyleOption& option, const QWidget* widget,
           const ThemeColors& c) {
  QColor fill = is_marked(widget, "card") ? c.surface : QColor();
  shapes::rounded(painter, option.rect, fill, c.border);
  if (has(option, QStyle::State_HasFocus) && has(option, QStyle::State_KeyboardFocusChange))
    shapes::focus_ring(painter, option.rect, c);
}

// Fusion puts the arrow of a menu button into the lower corner; it belongs beside the text.
QRect arrow_rect(const QStyleOption& option, const QWidget* widget) {
  const auto* button = qobject_cast<const QToolButton*>(widget);
  if (!button || button->popupMode() == QToolButton::MenuButtonPopup) return option.rect;
  return QRect(button->width() - 18, (button->height() - 12) / 2, 12, 12);
}

// Fusion sets the title above the frame and gives the frame all of the box.
QRect below_title(const QStyleOption& option, const QWidget* widget) {
  const auto* box = qobject_cast<const QGroupBox*>(widget);
  if (!box || box->title().isEmpty()) return option.rect;
  return option.rect.adjusted(0, option.fontMetrics.height() + spacing::hair, 0, 0);
}

void branch(QPainter& painter, const QStyleOption& option, const ThemeColors& c) {
  if (!has(option, QStyle::State_Children)) return;
  bool open = has(option, QStyle::State_Open);
  shapes::chevron(painter, option.rect,
                  open ? shapes::Direction::down : shapes::Direction::right, c.secondary);
}

}  // namespace

void WindowStyle::drawPrimitive(PrimitiveElement element, const QStyleOption* option,
                                QPainter* painter, const QWidget* widget) const {
  const ThemeColors& c = theme_colors(option->palette);
  switch (element) {
    case PE_PanelButtonCommand: return push_button(*painter, *option, widget, c);
    case PE_PanelButtonTool:
    case PE_PanelButtonBevel: return tool_button(*painter, *option, c);
    case PE_FrameDefaultButton: return;
    case PE_PanelLineEdit:
      if (const auto* line = qstyleoption_cast<const QStyleOptionFrame*>(option);
          line && line->lineWidth > 0)
        shapes::field(*painter, *option, c);
      return;
    case PE_FrameLineEdit: return;
    case PE_IndicatorCheckBox: return indicator(*painter, *option, c, false);
    case PE_IndicatorRadioButton: return indicator(*painter, *option, c, true);
    case PE_FrameFocusRect:
      if (has(*option, State_KeyboardFocusChange))
        shapes::focus_ring(*painter, option->rect, c, shapes::kSmallRadius);
      return;
    case PE_PanelItemViewItem: return view_item(*painter, *option, c);
    case PE_PanelItemViewRow:
      if (has(*option, State_Selected)) painter->fillRect(option->rect, c.selection);
      return;
    case PE_Frame: return frame(*painter, *option, widget, c);
    case PE_FrameGroupBox:
      return shapes::rounded(*painter, below_title(*option, widget), QColor(), c.border);
    case PE_FrameTabWidget: return;
    case PE_FrameTabBarBase:
      painter->fillRect(QRect(option->rect.left(), option->rect.bottom(), option->rect.width(), 1),
                        c.border);
      return;
    case PE_IndicatorBranch: return branch(*painter, *option, c);
    case PE_IndicatorArrowDown:
      return shapes::chevron(*painter, arrow_rect(*option, widget), shapes::Direction::down,
                             c.secondary);
    case PE_IndicatorArrowUp:
      return shapes::chevron(*painter, option->rect, shapes::Direction::up, c.secondary);
    case PE_IndicatorArrowLeft:
      return shapes::chevron(*painter, option->rect, shapes::Direction::left, c.secondary);
    case PE_IndicatorArrowRight:
      return shapes::chevron(*painter, option->rect, shapes::Direction::right, c.secondary);
    case PE_IndicatorHeaderArrow:
      if (const auto* header = qstyleoption_cast<const QStyleOptionHeader*>(option))
        shapes::chevron(*painter, option->rect,
                        header->sortIndicator == QStyleOptionHeader::SortUp
                            ? shapes::Direction::down
                            : shapes::Direction::up,
                        c.secondary);
      return;
    case PE_PanelTipLabel:
    case PE_FrameMenu:
    case PE_PanelMenu:
      painter->fillRect(option->rect, c.surface);
      return shapes::rounded(*painter, option->rect, QColor(), c.control_border, 0);
    default: QProxyStyle::drawPrimitive(element, option, painter, widget);
  }
}

}  // namespace loom::ui
