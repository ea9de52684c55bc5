// The words of figures and their tables in the window's language, their numbers by its locale.
#pragma once

#include <QString>
#include <string>

#include "core/report/figure.h"

namespace loom::ui {

std::string figure_word(const char* english);
QString figure_word(const std::string& english);
// A theme that has the window's words and numbers, and nothing else of its own.
FigureTheme local_theme();

}  // namespace loom::ui
