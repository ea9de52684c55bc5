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

void order_tabs(QWidget& root) {
  const QList<QWidget*> stops = reading_order(root);
  for (qsizetype i = 1; i < stops.size(); ++i) QWidget::setTabOrder(stops[i - 1], stops[i]);
}

}  // namespace loom::ui
