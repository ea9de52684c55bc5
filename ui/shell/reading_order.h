// The way Tab goes through a window: as it is read, by its layouts, whatever the order was in which
// its widgets were made.
#pragma once

#include <QList>
#include <QWidget>

namespace loom::ui {

// The widgets below `root` that Tab stops at and that are shown.
QList<QWidget*> reading_order(QWidget& root);
// Moves the focus of the window `root` one step along it, for focusNextPrevChild(): fields come and
// go with what is chosen, so the way is found anew for each step. False: there is nowhere to go.
bool focus_in_reading_order(QWidget& root, bool next);

}  // namespace loom::ui
