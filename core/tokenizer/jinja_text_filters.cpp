// Filters on texts. A value that is no text is printed first; markup stays markup.
#include <algorithm>
#include <cctype>
#include <cstdio>

#include "core/tokenizer/jinja_filters.h"
#include "core/tokenizer/jinja_format.h"
#include "core/tokenizer/jinja_operators.h"
#include "core/tokenizer/jinja_text.h"

namespace loom::jinja {
namespace {

Value needed_text(const FilterInput& c) {
  if (!c.value.text())
    throw TemplateError(std::string("a text was expected, not ") + c.value.type_name());
  return c.value;
}

Value method(const FilterInput& c, const char* name) {
  return call_method(c.soft(), name, c.arguments);
}

Value indent(const FilterInput& c) {
  const Value value = needed_text(c);
  const Value* width = c.get(0, "width");
  std::string pad;
  if (width && width->text())
    pad = *width->text();
  else
    append(pad, static_cast<size_t>(std::max<int64_t>(0, width ? width->integer() : 4)), " ");
  const bool first = c.flag(1, "first", false), blank = c.flag(2, "blank", false);
  std::string out;
  bool begun = false;
  for (const std::string& line : split_lines(*value.text() + "\n", false)) {
    if (begun) append(out, "\n");
    if (begun ? blank || !line.empty() : first) append(out, pad);
    append(out, line);
    begun = true;
  }
  return Value(std::move(out)).shaped(value.shape);
}

Value truncated(const FilterInput& c) {
  const int64_t length = c.integer(0, "length", 255), leeway = c.integer(3, "leeway", 5);
  const std::string end = c.text(2, "end", "...");
  const int64_t keep = length - count_points(end);
  if (keep < 0 || leeway < 0) throw TemplateError("truncate has no room for its end");
  if (c.value.is_undefined()) return c.value;
  if (c.value.is_sequence() && static_cast<int64_t>(c.value.list()->size()) <= length + leeway)
    return c.value;
  const Value value = needed_text(c);
  if (count_points(*value.text()) <= length + leeway) return value;
  std::string cut = part_of(*value.text(), 0, keep);
  if (!c.flag(1, "killwords", false))
    if (const size_t space = cut.rfind(' '); space != std::string::npos) cut.resize(space);
  return binary_operation("+", Value(cut).shaped(value.shape), end);
}

std::string url_quoted(const std::string& text, bool for_query) {
  std::string out;
  for (unsigned char ch : text) {
    if (std::isalnum(ch) ||
        std::string_view("_.-~").find(static_cast<char>(ch)) != std::string_view::npos ||
        (ch == '/' && !for_query)) {
      out += static_cast<char>(ch);
    } else if (ch == ' ' && for_query) {
      out += '+';
    } else {
      char hex[4];
      std::snprintf(hex, sizeof hex, "%%%02X", static_cast<unsigned>(ch));
      out += hex;
    }
  }
  check_length(out.size());
  return out;
}

Value urlencode(const FilterInput& c) {
  if (c.value.text() || !(c.value.list() || c.value.is_mapping() || c.value.is_undefined()))
    return url_quoted(c.value.print(), false);
  std::string out;
  for (const Value& item :
       c.value.is_mapping() ? *call_method(c.value, "items").list() : iterate(c.value)) {
    const List pair = iterate(item);
    if (pair.size() != 2) throw TemplateError("urlencode needs pairs");
    if (!out.empty()) out += '&';
    append(out, url_quoted(pair[0].print(), true) + "=" + url_quoted(pair[1].print(), true));
  }
  return out;
}

// Words begin behind spaces, hyphens and opening brackets.
Value title(const FilterInput& c) {
  const Value value = c.soft();
  std::string out, word;
  auto finish = [&] {
    if (!word.empty()) out += upper_first(word);
    word.clear();
  };
  const std::vector<size_t> offsets = places(*value.text());
  for (size_t i = 0; i + 1 < offsets.size(); ++i) {
    const std::string character = value.text()->substr(offsets[i], offsets[i + 1] - offsets[i]);
    const bool between =
        std::string_view("-({[<").find(character) != std::string_view::npos || all_space(character);
    if (between) finish();
    (between ? out : word) += character;
  }
  finish();
  return out;
}

Value wordcount(const FilterInput& c) {
  int64_t words = 0;
  bool inside = false;
  for_each_point(c.value.print(), [&](uint32_t point) {
    words += is_word(point) && !inside;
    inside = is_word(point);
  });
  return words;
}

Value wordwrap(const FilterInput& c) {
  const Value value = needed_text(c);
  const int64_t width = c.integer(0, "width", 79);
  if (width <= 0) {
    if (value.text()->empty()) return std::string();
    throw TemplateError("lines need a width");
  }
  const Value* wrap = c.given(2, "wrapstring");
  const std::string between = wrap ? wrap->print() : "\n";
  std::string out;
  bool first = true;
  for (const std::string& paragraph : split_lines(*value.text(), false)) {
    if (!first) append(out, between);
    bool begins = true;
    for (const std::string& line : wrap_line(paragraph, width, c.flag(1, "break_long_words", true),
                                             c.flag(3, "break_on_hyphens", true))) {
      if (!begins) append(out, between);
      append(out, line);
      begins = false;
    }
    first = false;
  }
  return out;
}

Value replaced(const FilterInput& c) {
  const Value old = soft(*c.get(0, "old")), by = soft(*c.get(1, "new")), value = soft(c.value);
  const int64_t count = c.integer(2, "count", -1);
  const bool markup = c.escaping && (value.is_markup() || old.is_markup() || by.is_markup());
  if (!markup) return replace_all(*value.text(), *old.text(), *by.text(), count);
  const auto escaped_once = [](const Value& part) {
    return part.is_markup() ? *part.text() : escape_html(*part.text());
  };
  return Value(replace_all(escaped_once(value), *old.text(), escaped_once(by), count))
      .shaped(Shape::markup);
}

Value format(const FilterInput& c) {
  const bool positional = !c.arguments.positional.empty(), named = !c.arguments.named.empty();
  if (positional && named) throw TemplateError("format takes values by place or by name");
  if (!named) return format_percent(c.soft(), Value::tuple(c.arguments.positional));
  Dict names;
  for (const auto& [name, value] : c.arguments.named) names.set(name, value);
  return format_percent(c.soft(), names);
}

}  // namespace

void add_text_filters(FilterTable& table) {
  using C = const FilterInput&;
  table["capitalize"] = {[](C c) { return method(c, "capitalize"); }};
  table["center"] = {[](C c) -> Value {
                       const Value value = c.soft();
                       return Value(padded(*value.text(), c.integer(0, "width", 80), " ", 'c'))
                           .shaped(value.shape);
                     },
                     "width"};
  table["format"] = {format, "*"};
  table["indent"] = {indent, "width first blank"};
  table["lower"] = {[](C c) { return method(c, "lower"); }};
  table["replace"] = {replaced, "old new count", 2};
  table["title"] = {title};
  table["trim"] = {[](C c) {
                     const Value value = c.soft();
                     const Value* set = c.given(0, "chars");
                     if (set && !set->text()) throw TemplateError("trim takes a text");
                     return Value(strip(*value.text(), set ? set->text() : nullptr, true, true))
                         .shaped(value.shape);
                   },
                   "chars"};
  table["truncate"] = {truncated, "length killwords end leeway"};
  table["upper"] = {[](C c) { return method(c, "upper"); }};
  table["urlencode"] = {urlencode};
  table["wordcount"] = {wordcount};
  table["wordwrap"] = {wordwrap, "width break_long_words wrapstring break_on_hyphens"};
}

}  // namespace loom::jinja
