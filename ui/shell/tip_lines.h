// Tool tips that are read at a glance.
#pragma once

#include <QObject>

namespace loom::ui {

// Breaks a tool tip into lines of about 60 characters: Qt sets plain text in one line, across the
// whole screen if need be. Takes the tip's own window as it is shown or resized; leaves all else.
void break_tip_lines(QObject& window);

}  // namespace loom::ui
