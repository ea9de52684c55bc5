// Values as Python's str() and repr() write them.
#include <unicode/uchar.h>

#include <charconv>
#include <cmath>

#include "core/text/utf8.h"
#include "core/tokenizer/jinja_text.h"
#include "core/tokenizer/jinja_value.h"

namespace loom::jinja {

std::string print_float(double value) {
  if (std::isnan(value)) return "nan";
  if (std::isinf(value)) return value < 0 ? "-inf" : "inf";
  // Python: the shortest digits that read back; positional between 1e-4 and 1e16.
  double size = std::abs(value);
  bool positional = size == 0 || (size >= 1e-4 && size < 1e16);
  char buffer[64];
  auto end = std::to_chars(buffer, buffer + sizeof buffer, value,
                           positional ? std::chars_format::fixed : std::chars_format::scientific)
                 .ptr;
  std::string text(buffer, end);
  if (positional && text.find('.') == std::string::npos) text += ".0";
  return text;
}

std::string escape_html(const std::string& text) {
  std::string out;
  for (char c : text) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&#34;";
        break;
      case '\'':
        out += "&#39;";
        break;
      default:
        out += c;
    }
  }
  check_length(out.size());
  return out;
}

namespace {

void append_hex(std::string& out, uint32_t point) {
  char hex[12];
  if (point < 0x100)
    std::snprintf(hex, sizeof hex, "\\x%02x", point);
  else if (point < 0x10000)
    std::snprintf(hex, sizeof hex, "\\u%04x", point);
  else
    std::snprintf(hex, sizeof hex, "\\U%08x", point);
  out += hex;
}

void quote(const std::string& text, bool ascii, std::string& out) {
  const char mark =
      text.find('\'') != std::string::npos && text.find('"') == std::string::npos ? '"' : '\'';
  out += mark;
  for (size_t at = 0; at < text.size();) {
    const CodePoint point = decode_utf8(text, at);
    const uint32_t c = point.value;
    if (c == static_cast<uint32_t>(mark) || c == '\\') {
      out += '\\';
      out += static_cast<char>(c);
    } else if (c == '\n' || c == '\r' || c == '\t') {
      out += c == '\n' ? "\\n" : c == '\r' ? "\\r" : "\\t";
    } else if (!is_printable(c) || (ascii && c >= 0x80)) {
      append_hex(out, c);
    } else {
      out.append(text, at, point.bytes);
    }
    at += point.bytes;
  }
  out += mark;
  check_length(out.size());
}

struct Printer {
  bool ascii;
  std::string out;

  void items(const List& list, const char* open, const char* close, int depth) {
    out += open;
    for (size_t i = 0; i < list.size(); ++i) {
      if (i) out += ", ";
      print(list[i], depth + 1);
    }
    out += close;
  }
  void list(const Value& value, int depth) {
    const List& list = *value.list();
    switch (value.shape) {
      case Shape::tuple:
      case Shape::group:
        return items(list, "(", list.size() == 1 ? ",)" : ")", depth);
      case Shape::keys:
        return items(list, "dict_keys([", "])", depth);
      case Shape::values:
        return items(list, "dict_values([", "])", depth);
      case Shape::pairs:
        return items(list, "dict_items([", "])", depth);
      case Shape::range:
        return range(*value.range());
      case Shape::generator:
        out += "<generator object>";
        return;
      default:
        return items(list, "[", "]", depth);
    }
  }
  void range(const Range& given) {
    out += "range(" + std::to_string(given.start) + ", " + std::to_string(given.stop);
    out += given.step == 1 ? ")" : ", " + std::to_string(given.step) + ")";
  }
  void dict(const Value& value, int depth) {
    if (value.shape == Shape::object) {
      const Value* name = value.dict()->find("__repr__");
      out += name ? name->print() : "<object>";
      return;
    }
    out += value.shape == Shape::name_space ? "<Namespace {" : "{";
    bool first = true;
    for (const auto& [key, item] : value.dict()->items) {
      if (!first) out += ", ";
      first = false;
      print(key, depth + 1);
      out += ": ";
      print(item, depth + 1);
    }
    out += value.shape == Shape::name_space ? "}>" : "}";
  }
  void print(const Value& value, int depth) {
    if (depth > kDeepestValue) throw TemplateError("a value is nested too deeply");
    check_length(out.size());
    if (value.is_undefined()) {
      out += "Undefined";
    } else if (value.is_none()) {
      out += "None";
    } else if (auto* truth = value.as<bool>()) {
      out += *truth ? "True" : "False";
    } else if (auto* whole = value.as<int64_t>()) {
      out += std::to_string(*whole);
    } else if (auto* real = value.as<double>()) {
      out += print_float(*real);
    } else if (auto* text = value.text()) {
      if (value.is_markup()) out += "Markup(";
      quote(*text, ascii, out);
      if (value.is_markup()) out += ")";
    } else if (value.list()) {
      list(value, depth);
    } else if (value.dict()) {
      dict(value, depth);
    } else {
      out += "<function>";
    }
  }
};

}  // namespace

std::string Value::print() const {
  if (is_undefined()) return "";
  if (auto* v = text()) return *v;
  return repr();
}

std::string Value::repr(bool ascii) const {
  Printer printer{ascii, {}};
  printer.print(*this, 0);
  return std::move(printer.out);
}

}  // namespace loom::jinja
