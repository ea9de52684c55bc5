#include <algorithm>
#include <cmath>
#include <functional>
#include <map>

#include "core/text/character_class.h"
#include "core/text/utf8.h"
#include "core/tokenizer/jinja_value.h"

namespace loom::jinja {
namespace {

using FilterCall = std::function<Value(const std::string&, const Value&, const Arguments&)>;
using TestCall = std::function<bool(const std::string&, const Value&, const Arguments&)>;

struct Context {
  const Value& value;
  const Arguments& arguments;
  const FilterCall& filter;
  const TestCall& test;
  const Value* get(size_t index, const char* name) const { return arguments.get(index, name); }
  int64_t integer(size_t index, const char* name, int64_t fallback) const {
    const Value* v = get(index, name);
    return v && !v->is_none() ? v->integer() : fallback;
  }
  bool flag(size_t index, const char* name, bool fallback) const {
    const Value* v = get(index, name);
    return v ? v->truth() : fallback;
  }
  std::string text(size_t index, const char* name, const std::string& fallback) const {
    const Value* v = get(index, name);
    return v ? v->print() : fallback;
  }
};

// "a.b.0" walks attributes and positions.
Value by_path(const Value& value, const std::string& path) {
  Value current = value;
  size_t begin = 0;
  while (begin <= path.size()) {
    size_t end = std::min(path.find('.', begin), path.size());
    std::string part = path.substr(begin, end - begin);
    bool number = !part.empty() && std::all_of(part.begin(), part.end(), ::isdigit);
    current = number ? subscript(current, static_cast<int64_t>(std::stoll(part))) : attribute(current, part);
    begin = end + 1;
  }
  return current;
}

Value lower(const Value& value, bool case_sensitive) {
  return !case_sensitive && value.text() ? attribute(value, "lower").callable()->operator()({}) : value;
}

Value key_of(const Context& c, const Value& item, size_t index, bool case_sensitive) {
  const Value* path = c.get(index, "attribute");
  return lower(path && !path->is_none() ? by_path(item, path->print()) : item, case_sensitive);
}

Value sort(const Context& c) {
  List items = iterate(c.value);
  bool reverse = c.flag(0, "reverse", false), sensitive = c.flag(1, "case_sensitive", false);
  std::stable_sort(items.begin(), items.end(), [&](const Value& a, const Value& b) {
    Value x = key_of(c, a, 2, sensitive), y = key_of(c, b, 2, sensitive);
    return reverse ? less(y, x) : less(x, y);
  });
  return items;
}

Value dictsort(const Context& c) {
  if (!c.value.dict()) throw TemplateError("dictsort needs a dictionary");
  bool sensitive = c.flag(0, "case_sensitive", false), by_value = c.text(1, "by", "key") == "value";
  bool reverse = c.flag(2, "reverse", false);
  auto items = c.value.dict()->items;
  std::stable_sort(items.begin(), items.end(), [&](const auto& a, const auto& b) {
    Value x = lower(by_value ? a.second : a.first, sensitive), y = lower(by_value ? b.second : b.first, sensitive);
    return reverse ? less(y, x) : less(x, y);
  });
  List list;
  for (const auto& [key, value] : items) {
    Value pair = List{key, value};
    pair.tuple = true;
    list.push_back(pair);
  }
  return list;
}

Value items_of(const Context& c) {
  if (c.value.is_undefined()) return List{};
  return attribute(c.value, "items").callable()->operator()({});
}

Value extreme(const Context& c, bool greatest) {
  List items = iterate(c.value);
  if (items.empty()) return Value::undefined("extreme of nothing");
  bool sensitive = c.flag(0, "case_sensitive", false);
  size_t best = 0;
  for (size_t i = 1; i < items.size(); ++i) {
    Value x = key_of(c, items[i], 1, sensitive), y = key_of(c, items[best], 1, sensitive);
    if (greatest ? less(y, x) : less(x, y)) best = i;
  }
  return items[best];
}

Value unique(const Context& c) {
  List seen, kept;
  bool sensitive = c.flag(0, "case_sensitive", false);
  for (const Value& item : iterate(c.value)) {
    Value key = key_of(c, item, 1, sensitive);
    if (std::find(seen.begin(), seen.end(), key) != seen.end()) continue;
    seen.push_back(key);
    kept.push_back(item);
  }
  return kept;
}

Value groupby(const Context& c) {
  Value sorted = sort({c.value, Arguments{{}, {{"attribute", *c.get(0, "attribute")}}}, c.filter, c.test});
  List groups;
  for (const Value& item : *sorted.list()) {
    Value key = by_path(item, c.get(0, "attribute")->print());
    if (groups.empty() || !((*groups.back().list())[0] == key)) {
      Value group = List{key, List{}};
      group.tuple = true;
      groups.push_back(group);
    }
    (*groups.back().list())[1].list()->push_back(item);
  }
  return groups;
}

Arguments rest(const Arguments& arguments, size_t from) {
  Arguments result;
  for (size_t i = from; i < arguments.positional.size(); ++i) result.positional.push_back(arguments.positional[i]);
  return result;
}

Value select(const Context& c, bool by_attribute, bool wanted) {
  List kept;
  size_t test_at = by_attribute ? 1 : 0;
  for (const Value& item : iterate(c.value)) {
    Value tested = by_attribute ? by_path(item, c.arguments.positional.at(0).print()) : item;
    bool holds = c.arguments.positional.size() > test_at
                     ? c.test(c.arguments.positional[test_at].print(), tested, rest(c.arguments, test_at + 1))
                     : tested.truth();
    if (holds == wanted) kept.push_back(item);
  }
  return kept;
}

Value map_items(const Context& c) {
  List mapped;
  const Value* path = nullptr;
  const Value* fallback = nullptr;
  for (const auto& [name, value] : c.arguments.named) {
    if (name == "attribute") path = &value;
    if (name == "default") fallback = &value;
  }
  if (!path && c.arguments.positional.empty()) throw TemplateError("map needs a filter or an attribute");
  for (const Value& item : iterate(c.value)) {
    if (!path) {
      mapped.push_back(c.filter(c.arguments.positional[0].print(), item, rest(c.arguments, 1)));
      continue;
    }
    Value found = by_path(item, path->print());
    mapped.push_back(found.is_undefined() && fallback ? *fallback : found);
  }
  return mapped;
}

Value join(const Context& c) {
  std::string separator = c.text(0, "d", ""), out;
  const Value* path = c.get(1, "attribute");
  bool first = true;
  for (const Value& item : iterate(c.value)) {
    if (!first) out += separator;
    first = false;
    out += (path && !path->is_none() ? by_path(item, path->print()) : item).print();
  }
  return out;
}

Value indent(const Context& c) {
  const Value* width = c.get(0, "width");
  std::string pad = width && width->text() ? *width->text()
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

Value rounded(const Context& c) {
  int64_t digits = c.integer(0, "precision", 0);
  std::string method = c.text(1, "method", "common");
  double scale = std::pow(10.0, static_cast<double>(digits)), x = c.value.number() * scale;
  // "common" is Python's round: halves go to the even neighbour.
  x = method == "ceil" ? std::ceil(x) : method == "floor" ? std::floor(x) : std::nearbyint(x);
  return x / scale;
}

Value to_integer(const Context& c) {
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

Value to_float(const Context& c) {
  if (c.value.is_number()) return c.value.number();
  char* end = nullptr;
  std::string text = c.value.print();
  double value = std::strtod(text.c_str(), &end);
  if (!text.empty() && *end == '\0') return value;
  const Value* fallback = c.get(0, "default");
  return fallback ? *fallback : Value(0.0);
}

Value escape(const Context& c) {
  std::string out;
  for (char ch : c.value.print()) {
    if (ch == '&') out += "&amp;";
    else if (ch == '<') out += "&lt;";
    else if (ch == '>') out += "&gt;";
    else if (ch == '"') out += "&#34;";
    else if (ch == '\'') out += "&#39;";
    else out += ch;
  }
  return out;
}

Value json(const Context& c) {
  int64_t width = -1;
  if (const Value* given = c.get(1, "indent"); given && !given->is_none()) width = given->integer();
  // transformers: tojson(ensure_ascii=False, indent=None, separators=None, sort_keys=False)
  std::string item = width >= 0 ? "," : ", ", key = ": ";
  if (const Value* separators = c.get(2, "separators"); separators && separators->list() && separators->list()->size() == 2) {
    item = (*separators->list())[0].print();
    key = (*separators->list())[1].print();
  }
  bool ascii = c.flag(0, "ensure_ascii", false), sorted = c.flag(3, "sort_keys", false);
  return to_json(c.value, static_cast<int>(width), sorted, ascii, item, key);
}

Value default_value(const Context& c) {
  bool use = c.value.is_undefined() || (c.flag(1, "boolean", false) && !c.value.truth());
  const Value* fallback = c.get(0, "default_value");
  return use ? (fallback ? *fallback : Value(std::string())) : c.value;
}

Value batch(const Context& c) {
  auto size = static_cast<size_t>(std::max<int64_t>(1, c.integer(0, "linecount", 1)));
  List rows;
  for (const Value& item : iterate(c.value)) {
    if (rows.empty() || rows.back().list()->size() == size) rows.push_back(List{});
    rows.back().list()->push_back(item);
  }
  if (const Value* fill = c.get(1, "fill_with"); fill && !rows.empty())
    while (rows.back().list()->size() < size) rows.back().list()->push_back(*fill);
  return rows;
}

Value slices(const Context& c) {
  List items = iterate(c.value), rows;
  auto count = static_cast<size_t>(std::max<int64_t>(1, c.integer(0, "slices", 1)));
  const Value* fill = c.get(1, "fill_with");
  size_t at = 0;
  for (size_t i = 0; i < count; ++i) {
    size_t take = items.size() / count + (i < items.size() % count ? 1 : 0);
    List row(items.begin() + static_cast<long>(at), items.begin() + static_cast<long>(at + take));
    at += take;
    if (fill && i >= items.size() % count && items.size() % count != 0) row.push_back(*fill);
    rows.push_back(row);
  }
  return rows;
}

Value sum(const Context& c) {
  const Value* path = c.get(0, "attribute");
  const Value* start = c.get(1, "start");
  double total = start ? start->number() : 0;
  bool whole = !start || !start->as<double>();
  for (const Value& item : iterate(c.value)) {
    Value value = path && !path->is_none() ? by_path(item, path->print()) : item;
    whole = whole && !value.as<double>();
    total += value.number();
  }
  return whole ? Value(static_cast<int64_t>(total)) : Value(total);
}

Value truncated(const Context& c) {
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

Value urlencode(const Context& c) {
  std::string out;
  for (unsigned char ch : c.value.print()) {
    if (std::isalnum(ch) || std::string_view("_.-~/").find(static_cast<char>(ch)) != std::string_view::npos) {
      out += static_cast<char>(ch);
    } else {
      char hex[4];
      std::snprintf(hex, sizeof hex, "%%%02X", static_cast<unsigned>(ch));
      out += hex;
    }
  }
  return out;
}

// Filters that are a text's own method.
Value method(const Context& c, const char* name) {
  return (*attribute(c.value.print(), name).callable())(c.arguments);
}

// Unlike the method of the same name, the filter takes its count by name too.
Value replaced(const Context& c) {
  Arguments plain{c.arguments.positional, {}};
  if (const Value* count = c.get(2, "count"); count && plain.positional.size() == 2) plain.positional.push_back(*count);
  return (*attribute(c.value.print(), "replace").callable())(plain);
}

Value length_of(const Context& c) {
  if (c.value.lazy) throw TemplateError("what a filter yields one by one has no length");
  if (c.value.text()) return static_cast<int64_t>(characters(*c.value.text()).size());
  if (c.value.dict()) return static_cast<int64_t>(c.value.dict()->items.size());
  return static_cast<int64_t>(iterate(c.value).size());
}

Value first_or_last(const Context& c, bool first) {
  List items = iterate(c.value);
  if (items.empty()) return Value::undefined("item of nothing");
  return first ? items.front() : items.back();
}

Value reversed(const Context& c) {
  List items = iterate(c.value);
  std::reverse(items.begin(), items.end());
  if (!c.value.text()) return items;
  std::string out;
  for (const Value& item : items) out += item.print();
  return out;
}

Value center(const Context& c) {
  std::string text = c.value.print();
  auto width = static_cast<size_t>(c.integer(0, "width", 80)), size = characters(text).size();
  if (size >= width) return text;
  size_t pad = width - size, left = pad / 2 + (pad & width & 1);
  return std::string(left, ' ') + text + std::string(pad - left, ' ');
}

const std::map<std::string, Value (*)(const Context&)>& table() {
  static const std::map<std::string, Value (*)(const Context&)> filters = {
      {"abs", [](const Context& c) -> Value { return c.value.as<double>() ? Value(std::abs(c.value.number())) : Value(std::abs(c.value.integer())); }},
      {"attr", [](const Context& c) { return attribute(c.value, c.text(0, "name", "")); }},
      {"batch", batch},
      {"capitalize", [](const Context& c) { return method(c, "capitalize"); }},
      {"center", center},
      {"count", length_of},
      {"d", default_value},
      {"default", default_value},
      {"dictsort", dictsort},
      {"e", escape},
      {"escape", escape},
      {"first", [](const Context& c) { return first_or_last(c, true); }},
      {"float", to_float},
      {"groupby", groupby},
      {"indent", indent},
      {"int", to_integer},
      {"items", items_of},
      {"join", join},
      {"last", [](const Context& c) { return first_or_last(c, false); }},
      {"length", length_of},
      {"list", [](const Context& c) -> Value { return iterate(c.value); }},
      {"lower", [](const Context& c) { return method(c, "lower"); }},
      {"map", map_items},
      {"max", [](const Context& c) { return extreme(c, true); }},
      {"min", [](const Context& c) { return extreme(c, false); }},
      {"reject", [](const Context& c) { return select(c, false, false); }},
      {"rejectattr", [](const Context& c) { return select(c, true, false); }},
      {"replace", replaced},
      {"reverse", reversed},
      {"round", rounded},
      {"safe", [](const Context& c) -> Value { return c.value.print(); }},
      {"select", [](const Context& c) { return select(c, false, true); }},
      {"selectattr", [](const Context& c) { return select(c, true, true); }},
      {"slice", slices},
      {"sort", sort},
      {"string", [](const Context& c) -> Value { return c.value.print(); }},
      {"sum", sum},
      {"title", [](const Context& c) { return method(c, "title"); }},
      {"tojson", json},
      {"trim", [](const Context& c) { return method(c, "strip"); }},
      {"truncate", truncated},
      {"unique", unique},
      {"upper", [](const Context& c) { return method(c, "upper"); }},
      {"urlencode", urlencode},
      {"wordcount", [](const Context& c) -> Value { return static_cast<int64_t>(iterate(method({c.value, {}, c.filter, c.test}, "split")).size()); }}};
  return filters;
}

bool compare_test(const std::string& name, const Value& a, const Value& b) {
  if (name == "eq" || name == "equalto" || name == "==") return a == b;
  if (name == "ne" || name == "!=") return !(a == b);
  if (name == "lt" || name == "lessthan" || name == "<") return less(a, b);
  if (name == "gt" || name == "greaterthan" || name == ">") return less(b, a);
  if (name == "le" || name == "<=") return !less(b, a);
  if (name == "ge" || name == ">=") return !less(a, b);
  if (name == "sameas") return a.type_name() == b.type_name() && a == b;
  if (name == "divisibleby") return b.integer() != 0 && a.integer() % b.integer() == 0;
  return false;
}

constexpr const char* kComparisons[] = {"eq", "equalto", "==", "ne", "lt", "lessthan", "gt", "greaterthan", "le", "ge", "sameas", "divisibleby"};

}  // namespace

bool has_filter(const std::string& name) { return table().contains(name); }

Value apply_filter(const std::string& name, const Value& value, const Arguments& arguments, const FilterCall& filter,
                   const TestCall& test) {
  auto found = table().find(name);
  if (found == table().end()) throw TemplateError("there is no filter \"" + name + "\"");
  Value result = found->second({value, arguments, filter, test});
  static const char* kLazy[] = {"select", "reject", "selectattr", "rejectattr", "map", "items", "unique", "batch", "slice"};
  result.lazy = std::find(std::begin(kLazy), std::end(kLazy), name) != std::end(kLazy);
  return result;
}

bool has_test(const std::string& name) {
  static const char* kTests[] = {"defined", "undefined", "none", "boolean", "true", "false", "integer", "float", "number",
                                 "string", "mapping", "iterable", "sequence", "callable", "odd", "even", "lower", "upper",
                                 "in", "escaped", "filter", "test"};
  return std::find(std::begin(kTests), std::end(kTests), name) != std::end(kTests) ||
         std::find(std::begin(kComparisons), std::end(kComparisons), name) != std::end(kComparisons);
}

bool apply_test(const std::string& name, const Value& value, const Arguments& arguments) {
  const bool* flag = value.as<bool>();
  if (name == "defined") return !value.is_undefined();
  if (name == "undefined") return value.is_undefined();
  if (name == "none") return value.is_none();
  if (name == "boolean") return flag;
  if (name == "true") return flag && *flag;
  if (name == "false") return flag && !*flag;
  if (name == "integer") return value.as<int64_t>();
  if (name == "float") return value.as<double>();
  if (name == "number") return value.is_number();
  if (name == "string") return value.text();
  if (name == "mapping") return value.dict() && !value.namespaced;
  if (name == "iterable") return value.text() || value.list() || value.dict() || value.is_undefined();
  if (name == "sequence") return value.text() || value.list() || value.dict() || value.is_undefined();
  if (name == "callable") return value.callable();
  if (name == "odd") return value.integer() % 2 != 0;
  if (name == "even") return value.integer() % 2 == 0;
  if (name == "escaped") return false;
  if (name == "lower" || name == "upper") {
    std::string text = value.print();
    return (*attribute(text, name == "lower" ? "islower" : "isupper").callable())({}).truth();
  }
  if (name == "filter") return has_filter(value.print());
  if (name == "test") return has_test(value.print());
  if (arguments.positional.empty()) throw TemplateError("the test \"" + name + "\" needs a value");
  if (name == "in") {
    const Value& container = arguments.positional[0];
    if (container.text()) return value.text() && container.text()->find(*value.text()) != std::string::npos;
    for (const Value& item : iterate(container))
      if (item == value) return true;
    return false;
  }
  return compare_test(name, value, arguments.positional[0]);
}

}  // namespace loom::jinja
