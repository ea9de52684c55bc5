#include <algorithm>
#include <cctype>

#include "core/text/utf8.h"
#include "core/tokenizer/jinja_format.h"
#include "core/tokenizer/jinja_text.h"

namespace loom::jinja {
namespace {

bool digits_only(const std::string& text) {
  return !text.empty() && text.size() < 10 &&
         std::all_of(text.begin(), text.end(), [](unsigned char c) { return std::isdigit(c); });
}

bool is_alignment(char c) {
  return c == '<' || c == '>' || c == '^' || c == '=';
}

// [[fill]align][sign][#][0][width][grouping][.precision][type]
NumberForm parse_form(const std::string& text) {
  NumberForm form;
  size_t at = 0;
  auto now = [&] { return at < text.size() ? text[at] : '\0'; };
  auto number = [&] {
    int64_t value = 0;
    for (; std::isdigit(static_cast<unsigned char>(now())); ++at) {
      value = value * 10 + (text[at] - '0');
      if (value > static_cast<int64_t>(kMostOutput)) throw TemplateError("a text is too long");
    }
    return value;
  };
  const size_t first = text.empty() ? 0 : decode_utf8(text, 0).bytes;
  if (first > 0 && first < text.size() && is_alignment(text[first])) {
    form.fill = text.substr(0, first);
    form.alignment = text[first];
    at = first + 1;
  } else if (is_alignment(now())) {
    form.alignment = text[at++];
  }
  if (now() == '+' || now() == '-' || now() == ' ') form.sign = text[at++];
  if (now() == '#') form.alternative = ++at > 0;
  if (now() == '0') {
    if (!form.alignment) {
      form.fill = "0";
      form.alignment = '=';
    }
    ++at;
  }
  form.width = number();
  if (now() == ',' || now() == '_') form.grouping = text[at++];
  if (now() == '.') {
    ++at;
    if (!std::isdigit(static_cast<unsigned char>(now())))
      throw TemplateError("a format has a point without digits");
    form.precision = number();
  }
  if (at < text.size()) form.type = text[at++];
  if (at < text.size()) throw TemplateError("\"" + text + "\" is not a format");
  return form;
}

bool one_of(const char* types, char type) {
  return type != 0 && std::string_view(types).find(type) != std::string_view::npos;
}

// format(value, form)
std::string formatted(const Value& value, const std::string& specification) {
  if (specification.empty()) return value.print();
  NumberForm form = parse_form(specification);
  if (value.text()) {
    if ((form.type && form.type != 's') || form.alignment == '=' || form.sign != '-' ||
        form.grouping || form.alternative)
      throw TemplateError("this format does not suit a text");
    return format_text(*value.text(), form);
  }
  if (value.is_whole() && (form.type == 0 || one_of("bcdnoxX", form.type))) {
    if (form.precision >= 0) throw TemplateError("a whole number has no precision");
    return format_integer(value.integer(), form);
  }
  if (value.is_number() && (form.type == 0 || one_of("eEfFgGn%", form.type)))
    return format_real(value.number(), form);
  throw TemplateError(std::string("this format does not suit a value of type ") +
                      value.type_name());
}

class BraceFormatter {
 public:
  BraceFormatter(const Arguments& arguments, bool markup)
      : arguments_(arguments), markup_(markup) {}

  std::string run(const std::string& text, int depth) {
    if (depth > 1) throw TemplateError("a format text is nested too deeply");
    std::string out;
    for (size_t at = 0; at < text.size();) {
      const char c = text[at];
      if (c != '{' && c != '}') {
        out += text[at++];
      } else if (at + 1 < text.size() && text[at + 1] == c) {
        out += c;
        at += 2;
      } else if (c == '}') {
        throw TemplateError("a format text has a single '}'");
      } else {
        const size_t end = closing(text, at);
        append(out, field(text.substr(at + 1, end - at - 1), depth));
        at = end + 1;
      }
    }
    return out;
  }

 private:
  static size_t closing(const std::string& text, size_t open) {
    int depth = 0;
    for (size_t i = open; i < text.size(); ++i) {
      depth += text[i] == '{' ? 1 : text[i] == '}' ? -1 : 0;
      if (depth == 0) return i;
    }
    throw TemplateError("a format text has a '{' that is not closed");
  }

  std::string field(const std::string& text, int depth) {
    size_t end = 0;
    for (bool inside = false;
         end < text.size() && (inside || (text[end] != ':' && text[end] != '!')); ++end)
      inside = text[end] == '[' || (inside && text[end] != ']');
    Value value = walked(text.substr(0, end));
    char conversion = 0;
    if (end < text.size() && text[end] == '!') {
      conversion = end + 1 < text.size() ? text[end + 1] : '\0';
      end += 2;
      if (!one_of("rsa", conversion) || (end < text.size() && text[end] != ':'))
        throw TemplateError("a format text has an unknown conversion");
    }
    if (conversion) value = conversion == 's' ? value.print() : value.repr(conversion == 'a');
    const std::string form = end < text.size() ? run(text.substr(end + 1), depth + 1) : "";
    const std::string shown = formatted(value, form);
    return markup_ && !value.is_markup() ? escape_html(shown) : shown;
  }

  // The first name, then ".name" and "[key]" as a template reads them.
  Value walked(const std::string& text) {
    size_t at = std::min(text.find_first_of(".["), text.size());
    Value value = first(text.substr(0, at));
    while (at < text.size()) {
      if (text[at] == '.') {
        const size_t end = std::min(text.find_first_of(".[", at + 1), text.size());
        if (end == at + 1) throw TemplateError("a format text has an empty name");
        value = attribute(value, text.substr(at + 1, end - at - 1));
        at = end;
      } else if (text[at] == '[') {
        const size_t end = text.find(']', at);
        if (end == std::string::npos || end == at + 1)
          throw TemplateError("a format text has a bad key");
        const std::string key = text.substr(at + 1, end - at - 1);
        value = subscript(
            value, digits_only(key) ? Value(static_cast<int64_t>(std::stoll(key))) : Value(key));
        at = end + 1;
      } else {
        throw TemplateError("a format text has a bad key");
      }
    }
    return value;
  }
  Value first(const std::string& name) {
    if (name.empty() || digits_only(name)) {
      const bool automatic = name.empty();
      if (numbering_ != 0 && numbering_ != (automatic ? 1 : 2))
        throw TemplateError("a format text numbers its values in two ways");
      numbering_ = automatic ? 1 : 2;
      const size_t index = automatic ? next_++ : static_cast<size_t>(std::stoll(name));
      if (index >= arguments_.positional.size())
        throw TemplateError("a value for the format text is missing");
      return arguments_.positional[index];
    }
    for (const auto& [key, value] : arguments_.named)
      if (key == name) return value;
    throw TemplateError("the format text names \"" + name + "\", which is not given");
  }

  const Arguments& arguments_;
  bool markup_;
  int numbering_ = 0;
  size_t next_ = 0;
};

}  // namespace

Value format_braces(const Value& text, const Arguments& arguments) {
  return Value(BraceFormatter(arguments, text.is_markup()).run(*text.text(), 0)).shaped(text.shape);
}

}  // namespace loom::jinja
