// Labels, headers, tabs, progress and the controls with several parts.
#include <QComboBox>
#include <QStyleOptionTab>

#include "ui/shell/style_shapes.h"
#include "ui/shell/window_style.h"

namespace loom::ui {
namespace {

bool is_filled(const QStyleOption& option, const QWidget* widget) {
  const auto* button = qstyleoption_cast<const QStyleOptionButton*>(&option);
  return (option.state & QStyle::State_Enabled) && widget && button &&
         (widget->property("primary").toBool() ||
          (button->features & QStyleOptionButton::DefaultButton));
}

void header_section(QPainter& painter, const QStyleOptionHeader& header, const ThemeColors& c) {
  painter.fillRect(header.rect, c.surface);
  if ((header.state & QStyle::State_MouseOver) && (header.state & QStyle::State_Enabled))
    painter.fillRect(header.rect, c.hover);
  QRect bottom(header.rect.left(), header.rect.bottom(), header.rect.width(), 1);
  painter.fillRect(bottom, c.border);
}

void tab_shape(QPainter& painter, const QStyleOptionTab& tab, const ThemeColors& c) {
  bool chosen = tab.state & QStyle::State_Selected;
  if (!chosen && (tab.state & QStyle::State_MouseOver) && (tab.state & QStyle::State_Enabled))
    shapes::rounded(painter, tab.rect.adjusted(2, 4, -2, -4), c.hover, QColor());
  if (chosen) {
    QRect line(tab.rect.left() + 8, tab.rect.bottom() - 1, tab.rect.width() - 16, 2);
    painter.fillRect(line, c.accent_text);
  }
  if (shapes::shows_focus(tab))
    shapes::focus_ring(painter, tab.rect.adjusted(2, 4, -2, -4), c, shapes::kSmallRadius);
}

void progress_contents(QPainter& painter, const QStyleOptionProgressBar& bar,
                       const ThemeColors& c) {
  int range = bar.maximum - bar.minimum;
  if (range <= 0) return;
  double share = double(bar.progress - bar.minimum) / range;
  QRect filled = bar.rect;
  filled.setWidth(int(filled.width() * qBound(0.0, share, 1.0)));
  if (filled.width() > 0)
    shapes::rounded(painter, filled, c.accent, QColor(), qMin(3.0, filled.width() / 2.0));
}

void combo_box(QPainter& painter, const QStyleOptionComboBox& box, const QRect& arrow,
               const ThemeColors& c) {
  bool hover = (box.state & QStyle::State_MouseOver) && (box.state & QStyle::State_Enabled);
  if (box.frame) shapes::field(painter, box, c);
  if (box.frame && hover && !box.editable && !(box.state & QStyle::State_HasFocus))
    shapes::rounded(painter, box.rect, c.hover, c.control_border);
  bool enabled = box.state & QStyle::State_Enabled;
  shapes::chevron(painter, arrow, shapes::Direction::down, enabled ? c.secondary : c.disabled);
}

void spin_box(QPainter& painter, const QStyleOptionSpinBox& box, const QRect& up, const QRect& down,
              const ThemeColors& c) {
  if (box.frame) shapes::field(painter, box, c);
  if (box.buttonSymbols == QAbstractSpinBox::NoButtons) return;
  auto color = [&](QAbstractSpinBox::StepEnabledFlag step) {
    return box.stepEnabled & step ? c.secondary : c.disabled;
  };
  shapes::chevron(painter, up, shapes::Direction::up, color(QAbstractSpinBox::StepUpEnabled));
  shapes::chevron(painter, down, shapes::Direction::down, color(QAbstractSpinBox::StepDownEnabled));
}

void scroll_bar(QPainter& painter, const QStyleOptionSlider& bar, const QRect& slider,
                const ThemeColors& c) {
  if (bar.maximum <= bar.minimum) return;
  bool near = bar.state & (QStyle::State_MouseOver | QStyle::State_Sunken);
  int margin = near ? 2 : 3;
  QRect handle = slider.adjusted(margin, margin, -margin, -margin);
  double radius = qMin(handle.width(), handle.height()) / 2.0;
  shapes::rounded(painter, handle, near ? c.disabled : c.control_border, QColor(), radius);
}

// Each line of a title is cut by itself.
QString elided_lines(const QString& words, const QFontMetrics& metrics, int width) {
  QStringList lines = words.split(QLatin1Char('\n'));
  for (QString& line : lines) line = metrics.elidedText(line, Qt::ElideRight, width);
  return lines.join(QLatin1Char('\n'));
}

}  // namespace

void WindowStyle::drawControl(ControlElement element, const QStyleOption* option, QPainter* painter,
                              const QWidget* widget) const {
  const ThemeColors& c = theme_colors(option->palette);
  if (element == CE_PushButtonLabel && is_filled(*option, widget)) {
    auto label = *qstyleoption_cast<const QStyleOptionButton*>(option);
    label.palette.setColor(QPalette::ButtonText, c.on_accent);
    return QProxyStyle::drawControl(element, &label, painter, widget);
  }
  if (element == CE_ToolButtonLabel && shapes::has_menu_arrow(option)) {
    auto label = *qstyleoption_cast<const QStyleOptionToolButton*>(option);
    label.rect.setRight(label.rect.right() - shapes::kMenuArrow);
    return QProxyStyle::drawControl(element, &label, painter, widget);
  }
  if (const auto* header = qstyleoption_cast<const QStyleOptionHeader*>(option);
      header && element == CE_HeaderSection)
    return header_section(*painter, *header, c);
  if (element == CE_HeaderEmptyArea) {
    painter->fillRect(option->rect, c.surface);
    return painter->fillRect(QRect(option->rect.bottomLeft(), QSize(option->rect.width(), 1)),
                             c.border);
  }
  if (const auto* header = qstyleoption_cast<const QStyleOptionHeader*>(option);
      header && element == CE_HeaderLabel) {
    QStyleOptionHeaderV2 label;  // which not every Qt passes on
    if (const auto* newer = qstyleoption_cast<const QStyleOptionHeaderV2*>(option))
      label = *newer;
    else
      label.QStyleOptionHeader::operator=(*header);
    label.palette.setColor(QPalette::ButtonText, c.secondary);
    label.state &= ~State_On;  // a chosen column is not set in bold
    if (label.icon.isNull())   // Qt cuts a title without a sign that it is cut
      label.text = elided_lines(label.text, label.fontMetrics, label.rect.width() + 1);
    return QProxyStyle::drawControl(element, &label, painter, widget);
  }
  if (const auto* box = qstyleoption_cast<const QStyleOptionComboBox*>(option);
      box && element == CE_ComboBoxLabel && !box->editable && box->currentIcon.isNull()) {
    auto label = *box;
    const QRect field = subControlRect(CC_ComboBox, box, SC_ComboBoxEditField, widget);
    label.currentText =
        label.fontMetrics.elidedText(label.currentText, Qt::ElideRight, field.width() - 2);
    return QProxyStyle::drawControl(element, &label, painter, widget);
  }
  if (const auto* item = qstyleoption_cast<const QStyleOptionViewItem*>(option);
      item && element == CE_ItemViewItem) {
    auto row = *item;  // a chosen row keeps its text colour: the tint says that it is chosen
    row.palette.setColor(QPalette::HighlightedText, row.palette.color(QPalette::Text));
    return QProxyStyle::drawControl(element, &row, painter, widget);
  }
  if (const auto* tab = qstyleoption_cast<const QStyleOptionTab*>(option);
      tab && element == CE_TabBarTabShape)
    return tab_shape(*painter, *tab, c);
  if (element == CE_ProgressBarGroove)
    return shapes::rounded(*painter, option->rect, c.border, QColor(), 3);
  if (const auto* bar = qstyleoption_cast<const QStyleOptionProgressBar*>(option);
      bar && element == CE_ProgressBarContents && bar->maximum > bar->minimum)
    return progress_contents(*painter, *bar, c);
  if (element == CE_Splitter) {
    QRect line = option->rect;
    if (option->state & State_Horizontal)
      line = QRect(line.center().x(), line.top(), 1, line.height());
    else
      line = QRect(line.left(), line.center().y(), line.width(), 1);
    return painter->fillRect(line, option->state & State_MouseOver ? c.accent_text : c.border);
  }
  QProxyStyle::drawControl(element, option, painter, widget);
}

void WindowStyle::drawComplexControl(ComplexControl control, const QStyleOptionComplex* option,
                                     QPainter* painter, const QWidget* widget) const {
  const ThemeColors& c = theme_colors(option->palette);
  auto part = [&](SubControl which) { return subControlRect(control, option, which, widget); };
  if (const auto* box = qstyleoption_cast<const QStyleOptionComboBox*>(option);
      box && control == CC_ComboBox)
    return combo_box(*painter, *box, part(SC_ComboBoxArrow), c);
  if (const auto* box = qstyleoption_cast<const QStyleOptionSpinBox*>(option);
      box && control == CC_SpinBox)
    return spin_box(*painter, *box, part(SC_SpinBoxUp), part(SC_SpinBoxDown), c);
  if (const auto* bar = qstyleoption_cast<const QStyleOptionSlider*>(option);
      bar && control == CC_ScrollBar)
    return scroll_bar(*painter, *bar, part(SC_ScrollBarSlider), c);
  QProxyStyle::drawComplexControl(control, option, painter, widget);
}

}  // namespace loom::ui
