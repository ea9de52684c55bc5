// Numbers and words as charts print them: in the theme's language and locale; in English and with a
// point where it names none.
#pragma once

#include <string>

#include "core/report/charts.h"

namespace loom {

std::string number_text(double value, int decimals);  // with a point
std::string number_text(double value, int decimals, const FigureTheme& theme);
std::string number_text(size_t count, const FigureTheme& theme);
// "71.2 (65.1 – 77.0)", or the word for a missing value.
std::string value_text(const ChartValue& value, const FigureTheme& theme);
// "n = 50, 3 truncated, 1 failed, 2 unparsed".
std::string count_text(const ChartValue& value, const FigureTheme& theme);
// The English word in the theme's language.
std::string word(const char* english, const FigureTheme& theme);
// The same for a sentence with "%1", "%2" for what is put in.
std::string sentence(const char* english, const std::vector<std::string>& parts,
                     const FigureTheme& theme);
// "1.2 GB"; decimal units as drives and cards are sold.
std::string memory_text(size_t bytes, const FigureTheme& theme);

}  // namespace loom
