#include <algorithm>
#include <cctype>

#include "core/tokenizer/jinja_filters.h"

namespace loom::jinja {
namespace {

// "a.b.0" walks attributes and positions.
Value by_path(const Value& value, const std::string& path) {
  Value current = value;
  size_t begin = 0;
  while (begin <= path.size()) {
    size_t end = std::min(path.find('.', begin), path.size());
    std::string part = path.substr(begin, end - begin);
    bool number = !part.empty() && std::all_of(part.begin(), part.end(), ::isdigit);
    current = number ? subscript(current, static_cast<int64_t>(std::stoll(part)))
                     : attribute(current, part);
    begin = end + 1;
  }
  return current;
}

Value lower(const Value& value, bool case_sensitive) {
  return !case_sensitive && value.text() ? attribute(value, "lower").callable()->operator()({})
                                         : value;
}

Value key_of(const FilterInput& c, const Value& item, size_t index, bool case_sensitive) {
  const Value* path = c.get(index, "attribute");
  return lower(path && !path->is_none() ? by_path(item, path->print()) : item, case_sensitive);
}

Arguments rest(const Arguments& arguments, size_t from) {
  Arguments result;
  for (size_t i = from; i < arguments.positional.size(); ++i)
    result.positional.push_back(arguments.positional[i]);
  return result;
}

}  // namespace

Value sort(const FilterInput& c) {
  List items = iterate(c.value);
  bool reverse = c.flag(0, "reverse", false), sensitive = c.flag(1, "case_sensitive", false);
  std::stable_sort(items.begin(), items.end(), [&](const Value& a, const Value& b) {
    Value x = key_of(c, a, 2, sensitive), y = key_of(c, b, 2, sensitive);
    return reverse ? less(y, x) : less(x, y);
  });
  return items;
}

Value dictsort(const FilterInput& c) {
  if (!c.value.dict()) throw TemplateError("dictsort needs a dictionary");
  bool sensitive = c.flag(0, "case_sensitive", false), by_value = c.text(1, "by", "key") == "value";
  bool reverse = c.flag(2, "reverse", false);
  auto items = c.value.dict()->items;
  std::stable_sort(items.begin(), items.end(), [&](const auto& a, const auto& b) {
    Value x = lower(by_value ? a.second : a.first, sensitive),
          y = lower(by_value ? b.second : b.first, sensitive);
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

Value extreme(const FilterInput& c, bool greatest) {
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

Value unique(const FilterInput& c) {
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

Value groupby(const FilterInput& c) {
  Value sorted =
      sort({c.value, Arguments{{}, {{"attribute", *c.get(0, "attribute")}}}, c.filter, c.test});
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

Value select(const FilterInput& c, bool by_attribute, bool wanted) {
  List kept;
  if (!c.value.truth()) return kept;  // none, too, as in the reference
  size_t test_at = by_attribute ? 1 : 0;
  for (const Value& item : iterate(c.value)) {
    Value tested = by_attribute ? by_path(item, c.arguments.positional.at(0).print()) : item;
    bool holds = c.arguments.positional.size() > test_at
                     ? c.test(c.arguments.positional[test_at].print(), tested,
                              rest(c.arguments, test_at + 1))
                     : tested.truth();
    if (holds == wanted) kept.push_back(item);
  }
  return kept;
}

Value map_items(const FilterInput& c) {
  List mapped;
  const Value* path = nullptr;
  const Value* fallback = nullptr;
  for (const auto& [name, value] : c.arguments.named) {
    if (name == "attribute") path = &value;
    if (name == "default") fallback = &value;
  }
  if (!path && c.arguments.positional.empty())
    throw TemplateError("map needs a filter or an attribute");
  if (!c.value.truth()) return mapped;
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

Value join(const FilterInput& c) {
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

Value batch(const FilterInput& c) {
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

Value slices(const FilterInput& c) {
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

Value sum(const FilterInput& c) {
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

Value first_or_last(const FilterInput& c, bool first) {
  List items = iterate(c.value);
  if (items.empty()) return Value::undefined("item of nothing");
  return first ? items.front() : items.back();
}

Value reversed(const FilterInput& c) {
  List items = iterate(c.value);
  std::reverse(items.begin(), items.end());
  if (!c.value.text()) return items;
  std::string out;
  for (const Value& item : items) out += item.print();
  return out;
}

}  // namespace loom::jinja
