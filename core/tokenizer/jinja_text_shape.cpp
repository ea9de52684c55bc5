// Methods of texts that change how they look, and those that ask what they consist of.
#include <unicode/uchar.h>

#include <algorithm>
#include <map>

#include "core/text/normalise.h"
#include "core/text/utf8.h"
#include "core/tokenizer/jinja_text.h"

namespace loom::jinja {
namespace {

Value stripped(const std::string& text, const Arguments& arguments, bool left, bool right) {
  check_count(arguments, 1);
  const bool all_spaces = arguments.positional.empty() || arguments.positional[0].is_none();
  return strip(text, all_spaces ? nullptr : &needed_text(arguments, 0, "chars"), left, right);
}

Value justified(const std::string& text, const Arguments& arguments, char alignment) {
  check_count(arguments, 2);
  const std::string fill =
      arguments.positional.size() > 1 ? needed_text(arguments, 1, "fillchar") : " ";
  if (count_points(fill) != 1) throw TemplateError("what fills is one character");
  return padded(text, needed(arguments, 0, "width").integer(), fill, alignment);
}

Value zero_filled(const std::string& text, const Arguments& arguments) {
  check_count(arguments, 1);
  const int64_t missing = needed(arguments, 0, "width").integer() - count_points(text);
  const size_t sign = !text.empty() && (text[0] == '+' || text[0] == '-') ? 1 : 0;
  std::string out = text.substr(0, sign);
  if (missing > 0) append(out, static_cast<size_t>(missing), "0");
  return out + text.substr(sign);
}

Value tabs_expanded(const std::string& text, const Arguments& arguments) {
  const Value* given = arguments.get(0, "tabsize");
  const int64_t size = given ? given->integer() : 8;
  std::string out;
  int64_t column = 0;
  for (size_t at = 0; at < text.size();) {
    const CodePoint point = decode_utf8(text, at);
    if (point.value == '\t') {
      const int64_t fill = size > 0 ? size - column % size : 0;
      append(out, static_cast<size_t>(fill), " ");
      column += fill;
    } else {
      out.append(text, at, point.bytes);
      column = point.value == '\n' || point.value == '\r' ? 0 : column + 1;
    }
    at += point.bytes;
  }
  return out;
}

// Characters by their numbers: to a text, to another number, or to nothing.
Value translated(const std::string& text, const Arguments& arguments) {
  check_count(arguments, 1);
  const Value& table = needed(arguments, 0, "table");
  if (!table.is_mapping()) throw TemplateError("translate needs a dictionary");
  std::string out;
  for_each_point(text, [&](uint32_t c) {
    const Value* found = table.dict()->find(Value(static_cast<int64_t>(c)));
    if (!found) {
      append_utf8(out, c);
    } else if (found->text()) {
      append(out, *found->text());
    } else if (!found->is_none()) {
      const int64_t other = found->integer();
      if (other < 0 || other >= 0x110000)
        throw TemplateError("a character's number is out of range");
      append_utf8(out, static_cast<uint32_t>(other));
    }
  });
  return out;
}

template <typename Test>
bool all_of(const std::string& text, bool of_nothing, Test test) {
  for (size_t at = 0; at < text.size();) {
    const CodePoint point = decode_utf8(text, at);
    if (!test(point.value)) return false;
    at += point.bytes;
  }
  return of_nothing || !text.empty();
}

bool is_upper(uint32_t c) {
  return u_isUUppercase(static_cast<UChar32>(c));
}
bool is_lower(uint32_t c) {
  return u_isULowercase(static_cast<UChar32>(c));
}
bool is_title(uint32_t c) {
  return u_istitle(static_cast<UChar32>(c));
}

bool one_case(const std::string& text, bool lower) {
  bool any = false;
  const bool none_other = all_of(text, true, [&](uint32_t c) {
    any = any || (lower ? is_lower(c) : is_upper(c));
    return !(is_title(c) || (lower ? is_upper(c) : is_lower(c)));
  });
  return any && none_other;
}

bool titled(const std::string& text) {
  bool any = false, inside = false;
  const bool right = all_of(text, true, [&](uint32_t c) {
    const bool big = is_upper(c) || is_title(c), small = is_lower(c);
    if ((big && inside) || (small && !inside)) return false;
    inside = big || small;
    any = any || inside;
    return true;
  });
  return any && right;
}

bool identifier(const std::string& text) {
  bool first = true;
  return all_of(text, false, [&](uint32_t c) {
    const bool right =
        c == '_' ||
        u_hasBinaryProperty(static_cast<UChar32>(c), first ? UCHAR_XID_START : UCHAR_XID_CONTINUE);
    first = false;
    return right;
  });
}

using T = const std::string&;
using A = const Arguments&;

}  // namespace

TextMethod find_shape_method(const std::string& name) {
  static const std::map<std::string, TextMethod> methods = {
      {"strip", [](T t, A a) -> Value { return stripped(t, a, true, true); }},
      {"lstrip", [](T t, A a) -> Value { return stripped(t, a, true, false); }},
      {"rstrip", [](T t, A a) -> Value { return stripped(t, a, false, true); }},
      {"upper", [](T t, A a) -> Value { return check_count(a, 0), upper_case(t); }},
      {"lower", [](T t, A a) -> Value { return check_count(a, 0), lower_case(t); }},
      {"title", [](T t, A a) -> Value { return check_count(a, 0), title_case(t, false); }},
      {"capitalize", [](T t, A a) -> Value { return check_count(a, 0), title_case(t, true); }},
      {"swapcase", [](T t, A a) -> Value { return check_count(a, 0), swap_case(t); }},
      {"casefold", [](T t, A a) -> Value { return check_count(a, 0), fold_case(t); }},
      {"center", [](T t, A a) -> Value { return justified(t, a, 'c'); }},
      {"ljust", [](T t, A a) -> Value { return justified(t, a, '<'); }},
      {"rjust", [](T t, A a) -> Value { return justified(t, a, '>'); }},
      {"translate", translated},
      {"zfill", zero_filled},
      {"expandtabs", tabs_expanded}};
  auto found = methods.find(name);
  return found == methods.end() ? nullptr : found->second;
}

TextMethod find_class_method(const std::string& name) {
  static const std::map<std::string, TextMethod> methods = {
      {"isdigit", [](T t, A a) -> Value { return check_count(a, 0), all_of(t, false, is_digit); }},
      {"isdecimal",
       [](T t, A a) -> Value { return check_count(a, 0), all_of(t, false, is_decimal); }},
      {"isnumeric",
       [](T t, A a) -> Value { return check_count(a, 0), all_of(t, false, is_numeric); }},
      {"isalpha", [](T t, A a) -> Value { return check_count(a, 0), all_of(t, false, is_letter); }},
      {"isalnum",
       [](T t, A a) -> Value {
         return check_count(a, 0),
                all_of(t, false, [](uint32_t c) { return is_letter(c) || is_numeric(c); });
       }},
      {"isspace", [](T t, A a) -> Value { return check_count(a, 0), all_of(t, false, is_space); }},
      {"isascii",
       [](T t, A a) -> Value {
         return check_count(a, 0), all_of(t, true, [](uint32_t c) { return c < 0x80; });
       }},
      {"isprintable",
       [](T t, A a) -> Value { return check_count(a, 0), all_of(t, true, is_printable); }},
      {"islower", [](T t, A a) -> Value { return check_count(a, 0), one_case(t, true); }},
      {"isupper", [](T t, A a) -> Value { return check_count(a, 0), one_case(t, false); }},
      {"istitle", [](T t, A a) -> Value { return check_count(a, 0), titled(t); }},
      {"isidentifier", [](T t, A a) -> Value { return check_count(a, 0), identifier(t); }}};
  auto found = methods.find(name);
  return found == methods.end() ? nullptr : found->second;
}

}  // namespace loom::jinja
