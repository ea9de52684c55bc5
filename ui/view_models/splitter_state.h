// Where the reader put the bar between two parts stays there, also after the next start.
#pragma once

#include <QString>

class QSplitter;

namespace loom::ui {

// Call it once the splitter has its parts: takes what was kept under `key`, and keeps every change.
void keep_splitter(QSplitter& splitter, const QString& key);

}  // namespace loom::ui
