#include "ui/shell/reading_order.h"

#include <QLayout>
#include <QMainWindow>
#include <QScrollArea>
#include <QSplitter>
#include <QStackedWidget>
#include <QTabBar>
#include <QTabWidget>

namespace loom::ui {
namespace {

class Reader {
 public:
  void read(QWidget* widget) {
    if (widget && !widget->isHidden()) enter(widget);
  }

  void enter(QWidget* widget) {
    // What hands its focus on is reached through the one that takes it.
    if ((widget->focusPolicy() & Qt::TabFocus) && !widget->focusProxy()) stops_ << widget;
    if (auto* tabs = qobject_cast<QTabWidget*>(widget)) {
      read(tabs->tabBar());
      read(tabs->cornerWidget());
      read(tabs->currentWidget());
    } else if (auto* stack = qobject_cast<QStackedWidget*>(widget)) {
      read(stack->currentWidget());
    } else if (auto* splitter = qobject_cast<QSplitter*>(widget)) {
      for (int i = 0; i < splitter->count(); ++i) read(splitter->widget(i));
    } else if (auto* area = qobject_cast<QScrollArea*>(widget)) {
      read(area->widget());
    } else if (auto* window = qobject_cast<QMainWindow*>(widget)) {
      read(window->centralWidget());
    } else if (widget->layout()) {
      read(*widget->layout());
    }
  }

  QList<QWidget*> stops() const { return stops_; }

 private:
  void read(QLayout& layout) {
    for (int i = 0; i < layout.count(); ++i) {
      QLayoutItem* item = layout.itemAt(i);
      if (item->layout()) read(*item->layout());
      read(item->widget());
    }
  }

  QList<QWidget*> stops_;
};

}  // namespace

QList<QWidget*> reading_order(QWidget& root) {
  Reader reader;
  reader.enter(&root);  // a window that is not shown yet too
  return reader.stops();
}

namespace {

bool is_reached(const QWidget& root, const QWidget& widget) {
  return (widget.focusPolicy() & Qt::TabFocus) && !widget.focusProxy() && widget.isVisible() &&
         widget.isEnabled() && widget.window() == root.window();
}

}  // namespace

// Qt's own order, which is that of making, comes in where layouts do not lead to a widget.
bool focus_in_reading_order(QWidget& root, bool next) {
  QList<QWidget*> stops;
  for (QWidget* widget : reading_order(root))
    if (is_reached(root, *widget)) stops << widget;
  for (QWidget* widget = root.nextInFocusChain(); widget != &root;
       widget = widget->nextInFocusChain())
    if (is_reached(root, *widget) && !stops.contains(widget)) stops << widget;
  if (stops.isEmpty()) return false;
  const QWidget* from = root.focusWidget();
  while (from && !stops.contains(from)) from = from->parentWidget();
  const qsizetype at = from ? stops.indexOf(from) : next ? -1 : 0;
  const qsizetype to = (at + (next ? 1 : -1) + stops.size()) % stops.size();
  stops[to]->setFocus(next ? Qt::TabFocusReason : Qt::BacktabFocusReason);
  return true;
}

}  // namespace loom::ui
