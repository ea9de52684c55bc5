// A cell of a CSV file that people open in spreadsheets: quoted where it must be, never a formula.
#pragma once

#include <string>

namespace loom {

// Words that would begin a formula get an apostrophe in front, as spreadsheets write text; numbers
// stay. Broken UTF-8 and NUL become U+FFFD.
std::string csv_field(const std::string& text);

}  // namespace loom
