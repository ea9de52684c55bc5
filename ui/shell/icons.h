// Line icons on a 24 x 24 grid, one line weight, painted when needed in the colour that the palette
// has then: sharp at every scale, right in both themes. Always beside a text or with a tooltip.
#pragma once

#include <QIcon>

namespace loom::ui {

enum class Icon {
  add, back, benchmarks, book, cancel, chart, check, chevron_down, chevron_right, clock, close,
  compare, copy, delete_, device, document, download, edit, error, evaluate, export_, eye, filter,
  flag, folder, help, info, key, link, list, memory, models, more, open, pause, play, pin, refresh,
  runs, search, settings, speed, star, tag, undo, warning,
  count_  // how many there are
};
enum class IconTone { text, secondary, accent, on_accent, success, warning, danger };

// States of a QIcon: disabled is grey, On (a checked button) takes the accent.
QIcon icon(Icon which, IconTone tone = IconTone::text);

}  // namespace loom::ui
