#include "core/report/latex_text.h"

#include <string_view>

#include "core/text/utf8.h"

namespace loom {

std::string latex_text(const std::string& text) {
  std::string escaped;
  for (char c : repair_utf8(text)) {
    if (std::string_view("&%$#_{}").find(c) != std::string_view::npos) escaped += '\\';
    if (c == '\\') {
      escaped += "\\textbackslash{}";
    } else if (c == '~' || c == '^') {
      escaped += std::string("\\") + c + "{}";
    } else {
      // A line break would end the argument the text stands in; TeX refuses other controls.
      const auto byte = static_cast<unsigned char>(c);
      escaped += byte < 0x20 || byte == 0x7F ? ' ' : c;
    }
  }
  // Behind the end of a row these would be its space or its star.
  if (escaped.starts_with('[') || escaped.starts_with('*'))
    escaped = std::string("{") + escaped.front() + "}" + escaped.substr(1);
  return escaped;
}

}  // namespace loom
