// Filters that bring items into an order or into groups.
#include <algorithm>

#include "core/tokenizer/jinja_filters.h"

namespace loom::jinja {
namespace {

using Keyed = std::pair<Value, Value>;  // what is compared, and the item

std::vector<Keyed> keyed(const List& items, const std::function<Value(const Value&)>& key) {
  std::vector<Keyed> out;
  out.reserve(items.size());
  for (const Value& item : items) out.emplace_back(key(item), item);
  return out;
}

List ordered(std::vector<Keyed> items, bool reverse) {
  std::stable_sort(items.begin(), items.end(), [&](const Keyed& a, const Keyed& b) {
    // The reference compares lists of keys: equal ones are never asked which is less.
    if (a.first == b.first) return false;
    return reverse ? less(b.first, a.first) : less(a.first, b.first);
  });
  List out;
  for (Keyed& item : items) out.push_back(std::move(item.second));
  return out;
}

// Several names, with commas between: a list of keys.
Value sort_key(const Value& item, const Value* path, bool sensitive) {
  if (!path || !path->text() || path->text()->find(',') == std::string::npos)
    return without_case(path ? by_path(item, *path) : item, sensitive);
  List keys;
  const std::string& names = *path->text();
  for (size_t begin = 0; begin <= names.size();) {
    const size_t end = std::min(names.find(',', begin), names.size());
    keys.push_back(without_case(by_path(item, names.substr(begin, end - begin)), sensitive));
    begin = end + 1;
  }
  return keys;
}

Value sort(const FilterInput& c) {
  const bool sensitive = c.flag(1, "case_sensitive", false);
  const Value* path = c.given(2, "attribute");
  return ordered(
      keyed(iterate(c.value), [&](const Value& item) { return sort_key(item, path, sensitive); }),
      c.flag(0, "reverse", false));
}

Value dictsort(const FilterInput& c) {
  const std::string by = c.text(1, "by", "key");
  if (by != "key" && by != "value") throw TemplateError("dictsort goes by key or by value");
  if (!c.value.is_mapping()) throw TemplateError("dictsort needs a dictionary");
  const bool sensitive = c.flag(0, "case_sensitive", false);
  const List pairs = *call_method(c.value, "items").list();
  return ordered(keyed(pairs,
                       [&](const Value& pair) {
                         return without_case((*pair.list())[by == "key" ? 0 : 1], sensitive);
                       }),
                 c.flag(2, "reverse", false));
}

Value extreme(const FilterInput& c, bool greatest) {
  const bool sensitive = c.flag(0, "case_sensitive", false);
  const Value* path = c.given(1, "attribute");
  const List items = iterate(c.value);
  if (items.empty()) return Value::undefined("extreme of nothing");
  auto key = [&](const Value& item) {
    return without_case(path ? by_path(item, *path) : item, sensitive);
  };
  Value best = items[0], best_key = key(items[0]);
  for (size_t i = 1; i < items.size(); ++i) {
    Value next = key(items[i]);
    if (!(greatest ? less(best_key, next) : less(next, best_key))) continue;
    best = items[i];
    best_key = std::move(next);
  }
  return best;
}

Value unique(const FilterInput& c) {
  const bool sensitive = c.flag(0, "case_sensitive", false);
  const Value* path = c.given(1, "attribute");
  List kept, seen;
  for (const Value& item : iterate(c.value)) {
    const Value key = without_case(path ? by_path(item, *path) : item, sensitive);
    check_key(key);
    spend(1 + seen.size() / 8);
    if (std::find(seen.begin(), seen.end(), key) != seen.end()) continue;
    seen.push_back(key);
    kept.push_back(item);
  }
  return kept;
}

Value groupby(const FilterInput& c) {
  const Value& path = *c.get(0, "attribute");
  const Value* fallback = c.given(1, "default");
  const bool sensitive = c.flag(2, "case_sensitive", false);
  auto key = [&](const Value& item) {
    return without_case(by_path(item, path, fallback), sensitive);
  };
  List groups;
  Value last;
  for (const Value& item : ordered(keyed(iterate(c.value), key), false)) {
    Value now = key(item);
    if (groups.empty() || !(last == now))
      groups.push_back(Value(List{by_path(item, path, fallback), List{}}).shaped(Shape::group));
    (*groups.back().list())[1].list()->push_back(item);
    last = std::move(now);
  }
  return groups;
}

Value batch(const FilterInput& c) {
  const int64_t size = c.get(0, "linecount")->integer();
  const Value* fill = c.given(1, "fill_with");
  List rows;
  for (const Value& item : iterate(c.value)) {
    if (rows.empty() || static_cast<int64_t>(rows.back().list()->size()) == size)
      rows.push_back(List{});
    rows.back().list()->push_back(item);
  }
  if (fill && !rows.empty())
    while (static_cast<int64_t>(rows.back().list()->size()) < size) {
      spend(1);
      rows.back().list()->push_back(*fill);
    }
  return rows;
}

Value slices(const FilterInput& c) {
  const List items = iterate(c.value);
  const int64_t given = c.get(0, "slices")->integer();
  if (given == 0) throw TemplateError("there are no slices to make");
  const size_t count = given > 0 ? static_cast<size_t>(given) : 0;
  spend(count);
  const Value* fill = c.given(1, "fill_with");
  List rows;
  size_t at = 0;
  for (size_t i = 0; i < count; ++i) {
    const size_t take = items.size() / count + (i < items.size() % count ? 1 : 0);
    List row(items.begin() + static_cast<long>(at), items.begin() + static_cast<long>(at + take));
    at += take;
    if (fill && i >= items.size() % count) row.push_back(*fill);
    rows.push_back(std::move(row));
  }
  return rows;
}

}  // namespace

void add_grouping_filters(FilterTable& table) {
  using C = const FilterInput&;
  table["batch"] = {batch, "linecount fill_with", 1, true};
  table["dictsort"] = {dictsort, "case_sensitive by reverse"};
  table["groupby"] = {groupby, "attribute default case_sensitive", 1};
  table["max"] = {[](C c) { return extreme(c, true); }, "case_sensitive attribute"};
  table["min"] = {[](C c) { return extreme(c, false); }, "case_sensitive attribute"};
  table["slice"] = {slices, "slices fill_with", 1, true};
  table["sort"] = {sort, "reverse case_sensitive attribute"};
  table["unique"] = {unique, "case_sensitive attribute", 0, true};
}

}  // namespace loom::jinja
