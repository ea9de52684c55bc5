#include "tests/screens/screen_checks.h"

#include <QAbstractItemView>
#include <QAbstractScrollArea>
#include <QAbstractSpinBox>
#include <QAccessible>
#include <QApplication>
#include <QButtonGroup>
#include <QComboBox>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QSet>
#include <QSplitterHandle>
#include <QTabBar>
#include <QTextDocument>
#include <QToolButton>
#include <QtTest>
#include <algorithm>

#include "ui/shell/column_fit.h"

namespace loom::testing {
namespace {

constexpr int kMostTabs = 400, kLeastMargin = 3;

QString described(const QWidget& widget) {
  QString words = QString::fromLatin1(widget.metaObject()->className());
  if (!widget.objectName().isEmpty()) words += u'#' + widget.objectName();
  if (auto* button = qobject_cast<const QAbstractButton*>(&widget))
    words += QStringLiteral(" “%1”").arg(button->text());
  if (auto* label = qobject_cast<const QLabel*>(&widget))
    words += QStringLiteral(" “%1”").arg(label->text().left(60));
  const QWidget* named = widget.parentWidget();
  while (named && named->objectName().isEmpty()) named = named->parentWidget();
  return named ? words + QStringLiteral(" in ") + named->objectName() : words;
}

// Parts of another widget, which speaks and takes the keys for them.
bool is_part(const QWidget& widget) {
  const QWidget* parent = widget.parentWidget();
  if (qobject_cast<const QHeaderView*>(&widget) || qobject_cast<const QScrollBar*>(&widget) ||
      qobject_cast<const QSplitterHandle*>(&widget))
    return true;
  return parent &&
         (qobject_cast<const QAbstractSpinBox*>(parent) || qobject_cast<const QComboBox*>(parent) ||
          qobject_cast<const QLineEdit*>(parent) || qobject_cast<const QTabBar*>(parent) ||
          qobject_cast<const QHeaderView*>(parent) ||
          qobject_cast<const QAbstractItemView*>(parent));
}

bool is_control(const QWidget& widget) {
  if (!widget.isVisible() || !widget.isEnabled() || is_part(widget)) return false;
  return qobject_cast<const QAbstractButton*>(&widget) || qobject_cast<const QComboBox*>(&widget) ||
         qobject_cast<const QLineEdit*>(&widget) ||
         qobject_cast<const QAbstractSpinBox*>(&widget) ||
         qobject_cast<const QAbstractItemView*>(&widget) ||
         (qobject_cast<const QTabBar*>(&widget) && widget.isVisible()) ||
         ((widget.focusPolicy() & Qt::TabFocus) && !qobject_cast<const QScrollArea*>(&widget));
}

QList<QWidget*> controls(QWidget& window) {
  QList<QWidget*> found;
  for (QWidget* widget : window.findChildren<QWidget*>())
    if (widget->window() == &window && is_control(*widget)) found << widget;
  return found;
}

QString clipped_label(const QLabel& label) {
  if (label.text().isEmpty() || label.sizePolicy().horizontalPolicy() == QSizePolicy::Ignored)
    return {};  // Ignored: elided on purpose, with the whole text as tool tip
  if (label.wordWrap()) {
    const int needed = label.heightForWidth(label.width());
    return label.height() < needed
               ? QStringLiteral("%1 of %2 px high").arg(label.height()).arg(needed)
               : QString();
  }
  const QSize needed = label.sizeHint();
  return label.width() < needed.width() || label.height() < needed.height()
             ? QStringLiteral("%1×%2 of %3×%4 px")
                   .arg(label.width())
                   .arg(label.height())
                   .arg(needed.width())
                   .arg(needed.height())
             : QString();
}

QString clipped_button(const QAbstractButton& button) {
  int needed = button.sizeHint().width();
  if (auto* tool = qobject_cast<const QToolButton*>(&button);
      tool && tool->toolButtonStyle() == Qt::ToolButtonTextUnderIcon)
    needed = tool->fontMetrics().horizontalAdvance(tool->text()) + 2 * kLeastMargin;
  if (button.text().isEmpty() || button.width() >= needed) return {};
  return QStringLiteral("%1 of %2 px wide").arg(button.width()).arg(needed);
}

bool sticks_out(const QWidget& widget) {
  const QWidget* parent = widget.parentWidget();
  if (!parent || widget.isWindow()) return false;
  const auto* area = qobject_cast<const QAbstractScrollArea*>(parent->parentWidget());
  if (area && area->viewport() == parent) return false;
  return !parent->rect().contains(widget.geometry());
}

}  // namespace

QStringList nameless_widgets(QWidget& window) {
  QStringList nameless;
  for (QWidget* widget : controls(window)) {
    QAccessibleInterface* spoken = QAccessible::queryAccessibleInterface(widget);
    if (!spoken || spoken->text(QAccessible::Name).trimmed().isEmpty())
      nameless << described(*widget);
  }
  return nameless;
}

QStringList clipped_texts(QWidget& window) {
  QStringList clipped;
  for (QWidget* widget : window.findChildren<QWidget*>()) {
    if (widget->window() != &window || !widget->isVisible() || is_part(*widget)) continue;
    QString fault;
    if (auto* label = qobject_cast<QLabel*>(widget)) fault = clipped_label(*label);
    if (auto* button = qobject_cast<QAbstractButton*>(widget)) fault = clipped_button(*button);
    const bool says = qobject_cast<QLabel*>(widget) || qobject_cast<QAbstractButton*>(widget);
    if (fault.isEmpty() && says && sticks_out(*widget)) fault = QStringLiteral("sticks out");
    if (!fault.isEmpty()) clipped << described(*widget) + QStringLiteral(": ") + fault;
  }
  return clipped;
}

namespace {

// Where a widget is seen: what was scrolled away stands at the edge behind which it lies.
QRect place_in(const QWidget& window, const QWidget& widget) {
  QRect place(widget.mapTo(&window, QPoint()), widget.size());
  for (const QWidget* around = widget.parentWidget(); around && around != &window;
       around = around->parentWidget()) {
    const auto* area = qobject_cast<const QAbstractScrollArea*>(around);
    if (!area) continue;
    const QRect seen(area->viewport()->mapTo(&window, QPoint()), area->viewport()->size());
    if (seen.isEmpty()) continue;
    auto clamped = [&seen](QPoint point) {
      return QPoint(std::clamp(point.x(), seen.left(), seen.right()),
                    std::clamp(point.y(), seen.top(), seen.bottom()));
    };
    place = QRect(clamped(place.topLeft()), clamped(place.bottomRight()));
  }
  return place;
}

}  // namespace

QStringList backward_steps(QWidget& window) {
  QList<QWidget*> stops;
  for (int i = 0; i < kMostTabs; ++i) {
    QTest::keyClick(window.focusWidget() ? window.focusWidget() : &window, Qt::Key_Tab);
    QWidget* now = window.focusWidget();
    if (!now || stops.contains(now)) break;
    stops << now;
  }
  QStringList backward;
  for (qsizetype i = 0; i < stops.size(); ++i) {
    const QWidget *from = stops[i], *to = stops[(i + 1) % stops.size()];
    // A column that was read to its end goes on at the top of the next one.
    const QRect before = place_in(window, *from), after = place_in(window, *to);
    if (after.bottom() < before.top() && after.left() < before.right())
      backward << described(*from) + QStringLiteral(" → ") + described(*to);
  }
  return backward.size() > 1 ? backward : QStringList();
}

QStringList sideways_views(QWidget& window) {
  QStringList sideways;
  for (auto* area : window.findChildren<QAbstractScrollArea*>()) {
    if (area->window() != &window || !area->isVisible()) continue;
    if (!qobject_cast<QAbstractItemView*>(area) && !qobject_cast<QScrollArea*>(area)) continue;
    // This table has as many columns as there are runs and models.
    if (qobject_cast<QHeaderView*>(area) || area->objectName() == QStringLiteral("together_scores"))
      continue;
    if (const QScrollBar* bar = area->horizontalScrollBar(); bar->maximum() > bar->minimum())
      sideways << QStringLiteral("%1 by %2 px").arg(described(*area)).arg(bar->maximum());
  }
  return sideways;
}

QStringList cut_titles(QWidget& window) {
  QStringList cut;
  for (auto* fit : window.findChildren<ui::ColumnFit*>()) {
    const auto* header = qobject_cast<QHeaderView*>(fit->parent());
    if (!header || header->window() != &window || !header->isVisible()) continue;
    for (int column = 0; column < header->count(); ++column) {
      const int needed = ui::title_width(*header, column), has = header->sectionSize(column);
      if (header->isSectionHidden(column) || has >= needed) continue;
      cut << QStringLiteral("“%1” %2 of %3 px")
                 .arg(header->model()->headerData(column, Qt::Horizontal).toString())
                 .arg(has)
                 .arg(needed);
    }
  }
  return cut;
}

QStringList unreachable_widgets(QWidget& window) {
  QSet<const QWidget*> reached;
  for (int i = 0; i < kMostTabs; ++i) {
    QWidget* focus = window.focusWidget() ? window.focusWidget() : &window;
    QTest::keyClick(focus, Qt::Key_Tab);
    const QWidget* now = window.focusWidget();
    if (now && now == focus && i > 0) return {QStringLiteral("Tab stays in ") + described(*now)};
    if (reached.contains(now)) break;
    reached.insert(now);
  }
  QStringList missed;
  for (QWidget* widget : controls(window)) {
    bool found = reached.contains(widget) || reached.contains(widget->focusProxy());
    // Arrow keys walk inside a group of which one is checked.
    if (auto* button = qobject_cast<QAbstractButton*>(widget); button && !found) {
      const bool exclusive =
          button->autoExclusive() || (button->group() && button->group()->exclusive());
      for (const QWidget* other : reached)
        if (auto* sibling = qobject_cast<const QAbstractButton*>(other); sibling && exclusive)
          found = found || (button->group() ? sibling->group() == button->group()
                                            : sibling->parent() == button->parent());
    }
    if (!found) missed << described(*widget);
  }
  return missed;
}

}  // namespace loom::testing
