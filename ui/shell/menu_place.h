// Where a menu opens that belongs to a page's button in the header.
#pragma once

#include <QPoint>
#include <QString>
#include <QWidget>

namespace loom::ui {

// Below the button `name` of the window that `page` is in, so that a key opens the menu where the
// eye looks for it; at the mouse where that button is not shown.
QPoint menu_place(const QWidget& page, const QString& name);

}  // namespace loom::ui
