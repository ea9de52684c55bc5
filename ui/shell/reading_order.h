// The way Tab goes through a window: as it is read, by its layouts, whatever the order was in which
// its widgets were made.
#pragma once

#include <QList>
#include <QWidget>

namespace loom::ui {

// The widgets below `root` that Tab stops at and that are shown.
QList<QWidget*> reading_order(QWidget& root);
// Makes Tab follow it. Fields come and go with what is chosen, so windows ask before each step.
void order_tabs(QWidget& root);

}  // namespace loom::ui
