#include "ui/shell/window_style.h"

#include <QAbstractButton>
#include <QAbstractScrollArea>
#include <QComboBox>
#include <QFrame>
#include <QStyleFactory>

#include "ui/shell/style_shapes.h"
#include "ui/shell/theme.h"

namespace loom::ui {
namespace {

constexpr int kTextMargin = 6;  // between a field's border and its text
constexpr int kHeaderText = 8, kSortArrow = 12;

// As wide as text, arrow and the margins that subElementRect gives them: Fusion would make the arrow
// as wide as the header is high.
QSize header_size(QSize size, const QStyleOption* option) {
  const auto* header = qstyleoption_cast<const QStyleOptionHeader*>(option);
  if (!header || header->orientation != Qt::Horizontal || !header->icon.isNull()) return size;
  const bool sorted = header->sortIndicator != QStyleOptionHeader::None;
  size.setWidth(header->fontMetrics.size(0, header->text).width() + kHeaderText +
                (sorted ? kSortArrow + 4 : kHeaderText));
  return size;
}

// The line between two groups of a menu is no row.
int menu_row_height(int height, const QStyleOption* option) {
  const auto* item = qstyleoption_cast<const QStyleOptionMenuItem*>(option);
  const bool line = item && item->menuItemType == QStyleOptionMenuItem::Separator;
  return line ? spacing::small + 1 : qMax(height, spacing::row);
}

}  // namespace

WindowStyle::WindowStyle() : QProxyStyle(QStyleFactory::create(QStringLiteral("Fusion"))) {}

void WindowStyle::polish(QWidget* widget) {
  QProxyStyle::polish(widget);
  if (qobject_cast<QAbstractButton*>(widget) || qobject_cast<QComboBox*>(widget))
    widget->setAttribute(Qt::WA_Hover);
  if (auto* frame = qobject_cast<QFrame*>(widget); frame && frame->property("card").toBool())
    frame->setFrameShape(QFrame::StyledPanel);
}

QSize WindowStyle::sizeFromContents(ContentsType type, const QStyleOption* option,
                                    const QSize& contents, const QWidget* widget) const {
  QSize size = QProxyStyle::sizeFromContents(type, option, contents, widget);
  switch (type) {
    case CT_PushButton:
      size.setHeight(qMax(size.height(), spacing::control));
      size.rwidth() += spacing::medium;
      break;
    case CT_ToolButton:
      if (shapes::has_menu_arrow(option)) size.rwidth() += shapes::kMenuArrow;
      [[fallthrough]];
    case CT_LineEdit:
    case CT_ComboBox: size.setHeight(qMax(size.height(), spacing::control)); break;
    // Its contents are a line edit with all of its margins: as high as other fields, not higher.
    case CT_SpinBox: size.setHeight(qMax(contents.height(), spacing::control)); break;
    case CT_ItemViewItem: size.setHeight(qMax(size.height(), spacing::row)); break;
    case CT_MenuItem: size.setHeight(menu_row_height(size.height(), option)); break;
    case CT_HeaderSection:
      size = header_size(size, option);
      size.setHeight(qMax(size.height(), spacing::row + 4));
      break;
    case CT_TabBarTab: size.setHeight(qMax(size.height(), spacing::control + 4)); break;
    default: break;
  }
  return size;
}

int WindowStyle::pixelMetric(PixelMetric metric, const QStyleOption* option,
                             const QWidget* widget) const {
  switch (metric) {
    case PM_HeaderDefaultSectionSizeVertical: return spacing::row;
    case PM_HeaderMargin: return 5;  // more would make rows of tables higher than 28
    case PM_FocusFrameHMargin: return spacing::small - 2;
    case PM_ButtonShiftHorizontal:
    case PM_ButtonShiftVertical:
    case PM_TabBarTabShiftVertical: return 0;
    case PM_MenuPanelWidth: return 1;
    case PM_ScrollBarExtent: return 12;
    case PM_ScrollBarSliderMin: return 32;
    case PM_SplitterWidth: return 9;
    case PM_IndicatorWidth:
    case PM_IndicatorHeight:
    case PM_ExclusiveIndicatorWidth:
    case PM_ExclusiveIndicatorHeight: return 16;
    case PM_LayoutLeftMargin:
    case PM_LayoutTopMargin:
    case PM_LayoutRightMargin:
    case PM_LayoutBottomMargin: return spacing::medium;
    case PM_LayoutHorizontalSpacing:
    case PM_LayoutVerticalSpacing: return spacing::small;
    case PM_TabBarTabHSpace: return spacing::huge;
    case PM_TreeViewIndentation: return 20;
    case PM_SmallIconSize:
    case PM_ListViewIconSize:
    case PM_ButtonIconSize: return 18;
    default: return QProxyStyle::pixelMetric(metric, option, widget);
  }
}

int WindowStyle::styleHint(StyleHint hint, const QStyleOption* option, const QWidget* widget,
                           QStyleHintReturn* data) const {
  switch (hint) {
    case SH_DialogButtonBox_ButtonsHaveIcons:
    case SH_EtchDisabledText:
    case SH_ComboBox_Popup: return 0;
    case SH_ItemView_ShowDecorationSelected: return 1;
    case SH_Table_GridLineColor:
      return static_cast<int>(
          theme_colors(option ? option->palette : QGuiApplication::palette()).border.rgb());
    case SH_ToolTip_WakeUpDelay: return 500;
    default: return QProxyStyle::styleHint(hint, option, widget, data);
  }
}

QRect WindowStyle::subElementRect(SubElement element, const QStyleOption* option,
                                  const QWidget* widget) const {
  QRect rect = QProxyStyle::subElementRect(element, option, widget);
  const auto* line = qstyleoption_cast<const QStyleOptionFrame*>(option);
  if (element == SE_LineEditContents && line && line->lineWidth > 0)
    rect.adjust(kTextMargin, 0, -kTextMargin, 0);
  if (const auto* header = qstyleoption_cast<const QStyleOptionHeader*>(option);
      header && header->orientation == Qt::Horizontal) {
    bool sorted = header->sortIndicator != QStyleOptionHeader::None;
    QRect all = header->rect;
    if (element == SE_HeaderArrow)
      return QRect(all.right() - kSortArrow - 2, all.center().y() - kSortArrow / 2, kSortArrow,
                   kSortArrow);
    if (element == SE_HeaderLabel)
      return all.adjusted(kHeaderText, 0, sorted ? -kSortArrow - 4 : -kHeaderText, 0);
  }
  if (element == SE_ComboBoxFocusRect) return {};  // the field's own border shows it
  return rect;
}

QRect WindowStyle::subControlRect(ComplexControl control, const QStyleOptionComplex* option,
                                  SubControl part, const QWidget* widget) const {
  const auto* slider = qstyleoption_cast<const QStyleOptionSlider*>(option);
  if (control != CC_ScrollBar || !slider) {
    QRect rect = QProxyStyle::subControlRect(control, option, part, widget);
    bool text = (control == CC_ComboBox && part == SC_ComboBoxEditField) ||
                (control == CC_SpinBox && part == SC_SpinBoxEditField);
    return text ? rect.adjusted(kTextMargin, 0, 0, 0) : rect;
  }
  // A scroll bar without arrow buttons: the groove is all of it.
  if (part == SC_ScrollBarAddLine || part == SC_ScrollBarSubLine) return {};
  bool lying = slider->orientation == Qt::Horizontal;
  int length = lying ? slider->rect.width() : slider->rect.height();
  int range = slider->maximum - slider->minimum;
  int handle = length;
  if (range > 0) {
    double share = double(slider->pageStep) / (double(range) + slider->pageStep);
    handle = qBound(pixelMetric(PM_ScrollBarSliderMin, option, widget), int(length * share),
                    length);
  }
  int start = sliderPositionFromValue(slider->minimum, slider->maximum, slider->sliderPosition,
                                      length - handle, slider->upsideDown);
  int from = part == SC_ScrollBarAddPage ? start + handle : part == SC_ScrollBarSlider ? start : 0;
  int to = part == SC_ScrollBarSubPage ? start : part == SC_ScrollBarSlider ? start + handle
                                                                            : length;
  QRect rect = lying ? QRect(from, 0, to - from, slider->rect.height())
                     : QRect(0, from, slider->rect.width(), to - from);
  return visualRect(slider->direction, slider->rect, rect.translated(slider->rect.topLeft()));
}

}  // namespace loom::ui
