#include "core/tokenizer/jinja_filters.h"

#include <algorithm>
#include <cmath>
#include <map>

namespace loom::jinja {
namespace {

Value items_of(const FilterInput& c) {
  if (c.value.is_undefined()) return List{};
  return attribute(c.value, "items").callable()->operator()({});
}

Value rounded(const FilterInput& c) {
  int64_t digits = c.integer(0, "precision", 0);
  std::string method = c.text(1, "method", "common");
  double scale = std::pow(10.0, static_cast<double>(digits)), x = c.value.number() * scale;
  // "common" is Python's round: halves go to the even neighbour.
  x = method == "ceil" ? std::ceil(x) : method == "floor" ? std::floor(x) : std::nearbyint(x);
  return x / scale;
}

Value to_integer(const FilterInput& c) {
  int64_t fallback = c.integer(0, "default", 0), base = c.integer(1, "base", 10);
  if (c.value.as<double>()) return static_cast<int64_t>(c.value.number());
  if (c.value.is_number()) return c.value.integer();
  if (!c.value.text()) return fallback;
  char* end = nullptr;
  const std::string& text = *c.value.text();
  int64_t value = std::strtoll(text.c_str(), &end, static_cast<int>(base));
  if (!text.empty() && *end == '\0') return value;
  double real = std::strtod(text.c_str(), &end);
  return !text.empty() && *end == '\0' ? static_cast<int64_t>(real) : fallback;
}

Value to_float(const FilterInput& c) {
  if (c.value.is_number()) return c.value.number();
  char* end = nullptr;
  std::string text = c.value.print();
  double value = std::strtod(text.c_str(), &end);
  if (!text.empty() && *end == '\0') return value;
  const Value* fallback = c.get(0, "default");
  return fallback ? *fallback : Value(0.0);
}

Value json(const FilterInput& c) {
  int64_t width = -1;
  if (const Value* given = c.get(1, "indent"); given && !given->is_none()) width = given->integer();
  // transformers: tojson(ensure_ascii=False, indent=None, separators=None, sort_keys=False)
  std::string item = width >= 0 ? "," : ", ", key = ": ";
  if (const Value* separators = c.get(2, "separators");
      separators && separators->list() && separators->list()->size() == 2) {
    item = (*separators->list())[0].print();
    key = (*separators->list())[1].print();
  }
  bool ascii = c.flag(0, "ensure_ascii", false), sorted = c.flag(3, "sort_keys", false);
  return to_json(c.value, static_cast<int>(width), sorted, ascii, item, key);
}

Value default_value(const FilterInput& c) {
  bool use = c.value.is_undefined() || (c.flag(1, "boolean", false) && !c.value.truth());
  const Value* fallback = c.get(0, "default_value");
  return use ? (fallback ? *fallback : Value(std::string())) : c.value;
}

Value length_of(const FilterInput& c) {
  if (c.value.lazy) throw TemplateError("what a filter yields one by one has no length");
  if (c.value.text()) return static_cast<int64_t>(characters(*c.value.text()).size());
  if (c.value.dict()) return static_cast<int64_t>(c.value.dict()->items.size());
  return static_cast<int64_t>(iterate(c.value).size());
}

const std::map<std::string, Value (*)(const FilterInput&)>& table() {
  static const std::map<std::string, Value (*)(const FilterInput&)> filters = {
      {"abs",
       [](const FilterInput& c) -> Value {
         return c.value.as<double>() ? Value(std::abs(c.value.number()))
                                     : Value(std::abs(c.value.integer()));
       }},
      {"attr", [](const FilterInput& c) { return attribute(c.value, c.text(0, "name", "")); }},
      {"batch", batch},
      {"capitalize", [](const FilterInput& c) { return method(c, "capitalize"); }},
      {"center", center},
      {"count", length_of},
      {"d", default_value},
      {"default", default_value},
      {"dictsort", dictsort},
      {"e", escape},
      {"escape", escape},
      {"first", [](const FilterInput& c) { return first_or_last(c, true); }},
      {"float", to_float},
      {"groupby", groupby},
      {"indent", indent},
      {"int", to_integer},
      {"items", items_of},
      {"join", join},
      {"last", [](const FilterInput& c) { return first_or_last(c, false); }},
      {"length", length_of},
      {"list", [](const FilterInput& c) -> Value { return iterate(c.value); }},
      {"lower", [](const FilterInput& c) { return method(c, "lower"); }},
      {"map", map_items},
      {"max", [](const FilterInput& c) { return extreme(c, true); }},
      {"min", [](const FilterInput& c) { return extreme(c, false); }},
      {"reject", [](const FilterInput& c) { return select(c, false, false); }},
      {"rejectattr", [](const FilterInput& c) { return select(c, true, false); }},
      {"replace", replaced},
      {"reverse", reversed},
      {"round", rounded},
      {"safe", [](const FilterInput& c) -> Value { return c.value.print(); }},
      {"select", [](const FilterInput& c) { return select(c, false, true); }},
      {"selectattr", [](const FilterInput& c) { return select(c, true, true); }},
      {"slice", slices},
      {"sort", sort},
      {"string", [](const FilterInput& c) -> Value { return c.value.print(); }},
      {"sum", sum},
      {"title", [](const FilterInput& c) { return method(c, "title"); }},
      {"tojson", json},
      {"trim", [](const FilterInput& c) { return method(c, "strip"); }},
      {"truncate", truncated},
      {"unique", unique},
      {"upper", [](const FilterInput& c) { return method(c, "upper"); }},
      {"urlencode", urlencode},
      {"wordcount", [](const FilterInput& c) -> Value {
         return static_cast<int64_t>(
             iterate(method({c.value, {}, c.filter, c.test}, "split")).size());
       }}};
  return filters;
}

}  // namespace

bool has_filter(const std::string& name) {
  return table().contains(name);
}

Value apply_filter(const std::string& name, const Value& value, const Arguments& arguments,
                   const FilterCall& filter, const TestCall& test) {
  auto found = table().find(name);
  if (found == table().end()) throw TemplateError("there is no filter \"" + name + "\"");
  Value result = found->second({value, arguments, filter, test});
  static const char* kLazy[] = {"select", "reject", "selectattr", "rejectattr", "map",
                                "items",  "unique", "batch",      "slice"};
  result.lazy = std::find(std::begin(kLazy), std::end(kLazy), name) != std::end(kLazy);
  return result;
}

}  // namespace loom::jinja
