#include "core/report/latex_text.h"

#include <string_view>

namespace loom {

std::string latex_text(const std::string& text) {
  std::string escaped;
  for (char c : text) {
    if (std::string_view("&%$#_{}").find(c) != std::string_view::npos) escaped += '\\';
    if (c == '\\') {
      escaped += "\\textbackslash{}";
    } else if (c == '~' || c == '^') {
      escaped += std::string("\\") + c + "{}";
    } else {
      // A line break would end the argument the text stands in.
      escaped += c == '\n' || c == '\r' ? ' ' : c;
    }
  }
  return escaped;
}

}  // namespace loom
