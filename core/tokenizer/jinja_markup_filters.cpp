// Filters that make markup, and take it out.
#include "core/tokenizer/jinja_filters.h"
#include "core/tokenizer/jinja_text.h"

namespace loom::jinja {
namespace {

Value markup(std::string text) {
  return Value(std::move(text)).shaped(Shape::markup);
}

Value escape(const FilterInput& c) {
  return c.value.is_markup() ? c.value : markup(escape_html(c.value.print()));
}

Value xmlattr(const FilterInput& c) {
  if (!c.value.is_mapping()) throw TemplateError("xmlattr needs a dictionary");
  std::string out;
  for (const auto& [key, value] : c.value.dict()->items) {
    if (value.is_none() || value.is_undefined()) continue;
    if (!key.text() || key.text()->find_first_of(" \t\n\r\f\v/>=") != std::string::npos)
      throw TemplateError("this is no name of an attribute");
    if (!out.empty()) out += ' ';
    auto escaped = [](const Value& part) {
      return part.is_markup() ? part.print() : escape_html(part.print());
    };
    append(out, escaped(key) + "=\"" + escaped(value) + "\"");
  }
  if (c.flag(0, "autospace", true) && !out.empty()) out.insert(0, " ");
  return Value(std::move(out)).shaped(c.escaping ? Shape::markup : Shape::plain);
}

}  // namespace

void add_markup_filters(FilterTable& table) {
  using C = const FilterInput&;
  table["e"] = table["escape"] = {escape};
  table["forceescape"] = {[](C c) { return markup(escape_html(c.value.print())); }};
  table["safe"] = {[](C c) { return markup(c.value.print()); }};
  table["striptags"] = {[](C c) -> Value { return strip_tags(c.value.print()); }};
  table["urlize"] = {
      [](C c) { return Value(urlize(c)).shaped(c.escaping ? Shape::markup : Shape::plain); },
      "trim_url_limit nofollow target rel extra_schemes"};
  table["xmlattr"] = {xmlattr, "autospace"};
}

}  // namespace loom::jinja
