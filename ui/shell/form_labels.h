// Forms that stand below each other as one.
#pragma once

#include <QWidget>

namespace loom::ui {

// Makes the labels of all forms below `root` equally wide, so that their fields begin in one line,
// and sets their words on a line with those of the fields.
void align_form_labels(QWidget& root);

}  // namespace loom::ui
