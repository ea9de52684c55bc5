// Python's two ways to fill values into a text: "%d of %s" and "{:>8} of {name}".
#pragma once

#include <string>

#include "core/tokenizer/jinja_value.h"

namespace loom::jinja {

// How one value is written, in the terms of Python's format specifications.
struct NumberForm {
  std::string fill = " ";
  char alignment = 0;  // '<', '>', '^' or '=' (behind the sign); 0: the type's own
  char sign = '-';     // '+', ' ' or '-'
  bool alternative = false;
  int64_t width = 0;
  char grouping = 0;  // ',' or '_'
  int64_t precision = -1;
  char type = 0;
};
// `type` one of b, c, d, n, o, x, X; the precision is the least number of digits.
std::string format_integer(int64_t value, const NumberForm& form);
// `type` one of e, E, f, F, g, G, n, % or 0: as print() does.
std::string format_real(double value, const NumberForm& form);
std::string format_text(const std::string& value, const NumberForm& form);

// text % values.
Value format_percent(const Value& text, const Value& values);
// text.format(...): the fields of markup are escaped.
Value format_braces(const Value& text, const Arguments& arguments);

}  // namespace loom::jinja
