// Equality, order, membership and iteration.
#include <algorithm>

#include "core/text/utf8.h"
#include "core/tokenizer/jinja_value.h"

namespace loom::jinja {
namespace {

// Lists, tuples and the rest are equal only among themselves.
int kind_of(const Value& value) {
  return value.is_tuple() ? static_cast<int>(Shape::tuple)
         : value.text()   ? 0
                          : static_cast<int>(value.shape);
}

}  // namespace

bool Value::same(const Value& a, const Value& b, int depth) {
  if (depth > kDeepestValue) throw TemplateError("a value is nested too deeply");
  spend(depth > 0 ? 1 : 0);
  if (a.is_number() && b.is_number()) {
    if (!a.as<double>() && !b.as<double>()) return a.integer() == b.integer();
    return a.number() == b.number();
  }
  if (a.content_.index() != b.content_.index()) return false;
  if (a.is_undefined() || a.is_none()) return true;
  if (kind_of(a) != kind_of(b)) return false;
  if (auto* v = a.text()) {
    if (v->size() == b.text()->size()) spend(v->size() / 4096);
    return *v == *b.text();
  }
  if (auto* v = a.list()) {
    const List& other = *b.list();
    return v == &other ||
           (a.shape != Shape::generator && v->size() == other.size() &&
            std::equal(v->begin(), v->end(), other.begin(),
                       [&](const Value& x, const Value& y) { return same(x, y, depth + 1); }));
  }
  if (auto* v = a.dict()) {
    Dict& other = *b.dict();
    if (v == &other) return true;
    if (a.shape != Shape::plain || v->items.size() != other.items.size()) return false;
    for (const auto& [key, value] : v->items) {
      const Value* found = other.find(key);
      if (!found || !same(*found, value, depth + 1)) return false;
    }
    return true;
  }
  return a.callable() == b.callable();
}

bool less(const Value& a, const Value& b) {
  spend(1);
  if (a.is_number() && b.is_number())
    return a.is_whole() && b.is_whole() ? a.integer() < b.integer() : a.number() < b.number();
  if (a.text() && b.text()) {
    spend(std::min(a.text()->size(), b.text()->size()) / 4096);
    return *a.text() < *b.text();
  }
  if (a.is_sequence() && b.is_sequence() && a.is_tuple() == b.is_tuple() &&
      a.shape != Shape::range) {
    const List &x = *a.list(), &y = *b.list();
    check_stack();
    for (size_t i = 0; i < x.size() && i < y.size(); ++i)
      if (!(x[i] == y[i])) return less(x[i], y[i]);
    return x.size() < y.size();
  }
  throw TemplateError(std::string("'<' is not supported between ") + a.type_name() + " and " +
                      b.type_name());
}

List iterate(const Value& value) {
  if (auto* v = value.list()) {
    spend(v->size() / 8);
    return *v;
  }
  if (value.is_undefined()) return {};
  List items;
  if (auto* v = value.text()) {
    spend(v->size() / 8);
    for (size_t at = 0; at < v->size();) {
      const uint32_t bytes = decode_utf8(*v, at).bytes;
      items.emplace_back(v->substr(at, bytes));
      at += bytes;
    }
    return items;
  }
  if (value.is_mapping()) {
    for (const auto& [key, item] : value.dict()->items) items.push_back(key);
    return items;
  }
  throw TemplateError(std::string(value.type_name()) + " cannot be walked through");
}

bool contains(const Value& container, const Value& item) {
  if (auto* text = container.text()) {
    if (!item.text()) throw TemplateError("'in' on a text needs a text");
    spend_search(text->size(), item.text()->size());
    return text->find(*item.text()) != std::string::npos;
  }
  if (container.is_mapping()) {
    check_key(item);
    return container.dict()->find(item) != nullptr;
  }
  for (const Value& each : iterate(container)) {
    spend(1);
    if (each == item) return true;
  }
  return false;
}

}  // namespace loom::jinja
