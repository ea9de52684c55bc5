#include "core/tokenizer/jinja_collections.h"

#include <algorithm>

#include "core/tokenizer/jinja_text.h"

namespace loom::jinja {
namespace {

Value get(const Value& value, const Arguments& arguments) {
  check_count(arguments, 2);
  const Value& key = needed(arguments, 0, "key");
  check_key(key);
  if (const Value* found = value.dict()->find(key)) return *found;
  return arguments.positional.size() > 1 ? arguments.positional[1] : Value(nullptr);
}

Value index(const Value& value, const Arguments& arguments) {
  check_count(arguments, 3);
  const List& list = *value.list();
  const auto size = static_cast<int64_t>(list.size());
  auto place = [&](size_t i, int64_t fallback) {
    if (i >= arguments.positional.size()) return fallback;
    const int64_t at = arguments.positional[i].integer();
    return std::clamp<int64_t>(at < 0 ? at + size : at, 0, size);
  };
  const Value& wanted = needed(arguments, 0, "value");
  spend(list.size());
  for (int64_t i = place(1, 0); i < place(2, size); ++i)
    if (list[static_cast<size_t>(i)] == wanted) return i;
  throw TemplateError("the value is not in the list");
}

}  // namespace

Value dict_method(const Value& value, const std::string& name) {
  if (name == "items")
    return Callable([value](const Arguments& arguments) -> Value {
      check_count(arguments, 0);
      List list;
      for (const auto& [key, item] : value.dict()->items) list.push_back(Value::tuple({key, item}));
      return Value(std::move(list)).shaped(Shape::pairs);
    });
  if (name == "keys")
    return Callable([value](const Arguments& arguments) -> Value {
      check_count(arguments, 0);
      return Value(iterate(value)).shaped(Shape::keys);
    });
  if (name == "values")
    return Callable([value](const Arguments& arguments) -> Value {
      check_count(arguments, 0);
      List list;
      for (const auto& [key, item] : value.dict()->items) list.push_back(item);
      return Value(std::move(list)).shaped(Shape::values);
    });
  if (name == "get")
    return Callable([value](const Arguments& arguments) { return get(value, arguments); });
  if (name == "copy")
    return Callable([value](const Arguments& arguments) -> Value {
      return check_count(arguments, 0), Dict(*value.dict());
    });
  if (name == "fromkeys") return Callable(dict_from_keys);
  return Value::undefined(name);
}

Value list_method(const Value& value, const std::string& name) {
  if (name == "index")
    return Callable([value](const Arguments& arguments) { return index(value, arguments); });
  if (name == "count")
    return Callable([value](const Arguments& arguments) -> Value {
      check_count(arguments, 1);
      spend(value.list()->size());
      const Value& wanted = needed(arguments, 0, "value");
      return static_cast<int64_t>(std::count(value.list()->begin(), value.list()->end(), wanted));
    });
  if (name == "copy" && value.shape == Shape::plain)
    return Callable([value](const Arguments& arguments) -> Value {
      return check_count(arguments, 0), List(*value.list());
    });
  if (value.shape == Shape::group && (name == "grouper" || name == "list"))
    return (*value.list())[name == "list" ? 1 : 0];
  return Value::undefined(name);
}

Value make_dict(const Arguments& arguments) {
  if (arguments.positional.size() > 1) throw TemplateError("dict takes one value");
  Dict dict;
  if (!arguments.positional.empty()) {
    const Value& given = arguments.positional[0];
    if (given.dict() && given.shape != Shape::object) {
      dict = *given.dict();
    } else {
      for (const Value& item : iterate(given)) {
        const List pair = iterate(item);
        if (pair.size() != 2) throw TemplateError("dict needs pairs");
        dict.set(pair[0], pair[1]);
      }
    }
  }
  for (const auto& [key, value] : arguments.named) dict.set(key, value);
  return dict;
}

Value dict_from_keys(const Arguments& arguments) {
  check_count(arguments, 2);
  Dict dict;
  for (const Value& key : iterate(needed(arguments, 0, "iterable")))
    dict.set(key, arguments.positional.size() > 1 ? arguments.positional[1] : Value(nullptr));
  return dict;
}

}  // namespace loom::jinja
