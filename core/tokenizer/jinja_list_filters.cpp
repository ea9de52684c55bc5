// Filters that take the items of a list one by one.
#include <algorithm>

#include "core/tokenizer/jinja_filters.h"
#include "core/tokenizer/jinja_operators.h"
#include "core/tokenizer/jinja_text.h"

namespace loom::jinja {
namespace {

Arguments rest(const Arguments& arguments, size_t from) {
  Arguments result;
  for (size_t i = from; i < arguments.positional.size(); ++i)
    result.positional.push_back(arguments.positional[i]);
  result.named = arguments.named;
  return result;
}

Value select(const FilterInput& c, bool by_attribute, bool wanted) {
  List kept;
  if (!c.value.truth()) return kept;  // none, too, as in the reference
  const size_t test_at = by_attribute ? 1 : 0;
  const auto& given = c.arguments.positional;
  if (by_attribute && given.empty()) throw TemplateError("an attribute's name is missing");
  for (const Value& item : iterate(c.value)) {
    spend(1);
    const Value tested = by_attribute ? by_path(item, given[0]) : item;
    const bool holds = given.size() > test_at
                           ? c.test(given[test_at].print(), tested, rest(c.arguments, test_at + 1))
                           : tested.truth();
    if (holds == wanted) kept.push_back(item);
  }
  return kept;
}

Value map_items(const FilterInput& c) {
  List mapped;
  const Value *path = nullptr, *fallback = nullptr;
  if (!c.value.truth()) return mapped;
  const auto& given = c.arguments.positional;
  if (given.empty()) {
    for (const auto& [name, value] : c.arguments.named) {
      if (name == "attribute")
        path = &value;
      else if (name == "default")
        fallback = &value;
      else
        throw TemplateError("map has no \"" + name + "\"");
    }
    if (!path) throw TemplateError("map needs a filter or an attribute");
  }
  for (const Value& item : iterate(c.value)) {
    spend(1);
    mapped.push_back(
        path ? by_path(item, *path, fallback && !fallback->is_none() ? fallback : nullptr)
             : c.filter(given[0].print(), item, rest(c.arguments, 1)));
  }
  return mapped;
}

// Where texts are escaped: one text that counts as HTML makes all of them count.
Value join_as_markup(const FilterInput& c) {
  const Value* path = c.given(1, "attribute");
  const Value* given = c.get(0, "d");
  const Value separator = given ? soft(*given) : Value("");
  const bool by_separator = separator.is_markup();
  List parts;
  bool markup = by_separator;
  for (const Value& item : iterate(c.value)) {
    parts.push_back(soft(path ? by_path(item, *path) : item));
    markup = markup || parts.back().is_markup();
  }
  const auto shown = [markup](const Value& part) {
    return markup && !part.is_markup() ? escape_html(*part.text()) : *part.text();
  };
  std::string out;
  for (size_t i = 0; i < parts.size(); ++i) {
    if (i > 0) append(out, shown(separator));
    append(out, shown(parts[i]));
  }
  return Value(std::move(out)).shaped(markup ? Shape::markup : Shape::plain);
}

Value join(const FilterInput& c) {
  if (c.escaping) return join_as_markup(c);
  const std::string separator = c.text(0, "d", "");
  const Value* path = c.given(1, "attribute");
  std::string out;
  bool first = true;
  for (const Value& item : iterate(c.value)) {
    if (!first) append(out, separator);
    first = false;
    append(out, (path ? by_path(item, *path) : item).print());
  }
  return out;
}

Value sum(const FilterInput& c) {
  const Value *path = c.given(0, "attribute"), *start = c.get(1, "start");
  Value total = start ? *start : Value(0);
  if (total.text()) throw TemplateError("texts are joined, not summed");
  for (const Value& item : iterate(c.value))
    total = binary_operation("+", total, path ? by_path(item, *path) : item);
  return total;
}

Value first_or_last(const FilterInput& c, bool first) {
  if (!first && c.value.shape == Shape::generator)
    throw TemplateError("what a filter yields has no last item");
  const List items = iterate(c.value);
  if (items.empty()) return Value::undefined("item of nothing");
  return first ? items.front() : items.back();
}

Value reversed(const FilterInput& c) {
  List items = iterate(c.value);
  std::reverse(items.begin(), items.end());
  // Of what has places the reference makes an iterator, of an iterator a list.
  const bool iterator = c.value.shape != Shape::generator;
  if (!c.value.text())
    return Value(std::move(items)).shaped(iterator ? Shape::generator : Shape::plain);
  std::string out;
  for (const Value& item : items) out += *item.text();
  return Value(std::move(out)).shaped(c.value.shape);
}

Value length_of(const FilterInput& c) {
  if (c.value.text()) return count_points(*c.value.text());
  if (c.value.is_undefined()) return 0;
  if (c.value.is_mapping()) return static_cast<int64_t>(c.value.dict()->items.size());
  if (!c.value.list() || c.value.shape == Shape::generator)
    throw TemplateError(std::string(c.value.type_name()) + " has no length");
  return static_cast<int64_t>(c.value.list()->size());
}

Value items_of(const FilterInput& c) {
  if (c.value.is_undefined()) return List{};
  if (!c.value.is_mapping()) throw TemplateError("only a dictionary has items");
  return List(*call_method(c.value, "items").list());
}

}  // namespace

Value by_path(const Value& value, const Value& path, const Value* fallback) {
  auto step = [&](const Value& from, const Value& key) {
    Value found = subscript(from, key);
    return found.is_undefined() && fallback ? *fallback : found;
  };
  if (!path.text()) return path.is_none() ? value : step(value, path);
  Value current = value;
  const std::string& names = *path.text();
  for (size_t begin = 0; begin <= names.size();) {
    const size_t end = std::min(names.find('.', begin), names.size());
    const std::string part = names.substr(begin, end - begin);
    const bool number = !part.empty() && part.size() < 18 &&
                        std::all_of(part.begin(), part.end(),
                                    [](unsigned char ch) { return ch >= '0' && ch <= '9'; });
    current = step(current, number ? Value(static_cast<int64_t>(std::stoll(part))) : Value(part));
    begin = end + 1;
  }
  return current;
}

Value without_case(const Value& value, bool case_sensitive) {
  return !case_sensitive && value.text() ? call_method(value, "lower") : value;
}

void add_list_filters(FilterTable& table) {
  using C = const FilterInput&;
  table["count"] = table["length"] = {length_of};
  table["first"] = {[](C c) { return first_or_last(c, true); }};
  table["last"] = {[](C c) { return first_or_last(c, false); }};
  table["items"] = {items_of, "", 0, true};
  table["join"] = {join, "d attribute"};
  table["list"] = {[](C c) -> Value { return iterate(c.value); }};
  table["map"] = {map_items, "*", 0, true};
  table["reject"] = {[](C c) { return select(c, false, false); }, "*", 0, true};
  table["rejectattr"] = {[](C c) { return select(c, true, false); }, "*", 0, true};
  table["select"] = {[](C c) { return select(c, false, true); }, "*", 0, true};
  table["selectattr"] = {[](C c) { return select(c, true, true); }, "*", 0, true};
  table["reverse"] = {reversed};
  table["sum"] = {sum, "attribute start"};
}

}  // namespace loom::jinja
