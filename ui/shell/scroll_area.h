// What may be higher than its place: scrolled as a whole, without a frame around it.
#pragma once

#include <QScrollArea>

namespace loom::ui {

QScrollArea* scrolled(QWidget* content, QWidget* parent);

}  // namespace loom::ui
