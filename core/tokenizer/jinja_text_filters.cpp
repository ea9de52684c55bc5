#include <algorithm>
#include <cctype>
#include <cstdio>

#include "core/tokenizer/jinja_filters.h"

namespace loom::jinja {

Value indent(const FilterInput& c) {
  const Value* width = c.get(0, "width");
  std::string pad = width && width->text()
                        ? *width->text()
                        : std::string(static_cast<size_t>(width ? width->integer() : 4), ' ');
  bool first = c.flag(1, "first", false), blank = c.flag(2, "blank", false);
  std::string text = c.value.print(), out;
  for (size_t begin = 0, line = 0;; ++line) {
    size_t end = std::min(text.find('\n', begin), text.size());
    std::string content = text.substr(begin, end - begin);
    if (line > 0 ? (blank || !content.empty()) : first) out += pad;
    out += content;
    if (end == text.size()) break;
    out += '\n';
    begin = end + 1;
  }
  return out;
}

Value escape(const FilterInput& c) {
  std::string out;
  for (char ch : c.value.print()) {
    if (ch == '&')
      out += "&amp;";
    else if (ch == '<')
      out += "&lt;";
    else if (ch == '>')
      out += "&gt;";
    else if (ch == '"')
      out += "&#34;";
    else if (ch == '\'')
      out += "&#39;";
    else
      out += ch;
  }
  return out;
}

Value truncated(const FilterInput& c) {
  auto length = static_cast<size_t>(c.integer(0, "length", 255));
  bool killwords = c.flag(1, "killwords", false);
  std::string end = c.text(2, "end", "...");
  auto leeway = static_cast<size_t>(c.integer(3, "leeway", 5));
  auto chars = characters(c.value.print());
  if (chars.size() <= length + leeway) return c.value.print();
  std::string cut;
  size_t keep = length - std::min(length, characters(end).size());
  for (size_t i = 0; i < keep; ++i) cut += chars[i];
  if (!killwords)
    if (size_t space = cut.rfind(' '); space != std::string::npos) cut.resize(space);
  return cut + end;
}

Value urlencode(const FilterInput& c) {
  std::string out;
  for (unsigned char ch : c.value.print()) {
    if (std::isalnum(ch) ||
        std::string_view("_.-~/").find(static_cast<char>(ch)) != std::string_view::npos) {
      out += static_cast<char>(ch);
    } else {
      char hex[4];
      std::snprintf(hex, sizeof hex, "%%%02X", static_cast<unsigned>(ch));
      out += hex;
    }
  }
  return out;
}

Value method(const FilterInput& c, const char* name) {
  return (*attribute(c.value.print(), name).callable())(c.arguments);
}

// Unlike the method of the same name, the filter takes its count by name too.
Value replaced(const FilterInput& c) {
  Arguments plain{c.arguments.positional, {}};
  if (const Value* count = c.get(2, "count"); count && plain.positional.size() == 2)
    plain.positional.push_back(*count);
  return (*attribute(c.value.print(), "replace").callable())(plain);
}

Value center(const FilterInput& c) {
  std::string text = c.value.print();
  auto width = static_cast<size_t>(c.integer(0, "width", 80)), size = characters(text).size();
  if (size >= width) return text;
  size_t pad = width - size, left = pad / 2 + (pad & width & 1);
  return std::string(left, ' ') + text + std::string(pad - left, ' ');
}

}  // namespace loom::jinja
