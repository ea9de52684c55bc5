// The words of figures and their tables in the window's language.
#pragma once

#include <QString>
#include <string>

namespace loom::ui {

std::string figure_word(const char* english);
QString figure_word(const std::string& english);

}  // namespace loom::ui
