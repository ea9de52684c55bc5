// What a point, brackets and a slice reach.
#include <algorithm>
#include <cmath>
#include <map>

#include "core/tokenizer/jinja_collections.h"
#include "core/tokenizer/jinja_format.h"
#include "core/tokenizer/jinja_text.h"

namespace loom::jinja {
namespace {

// Methods of markup whose texts are markup again; what they are given is escaped.
Value marked(Value value) {
  if (value.text()) return value.shaped(Shape::markup);
  if (value.list()) {
    List list = *value.list();
    for (Value& item : list) item = marked(item);
    return Value(std::move(list)).shaped(value.shape);
  }
  return value;
}

Value escaped(const Value& value) {
  return value.text() && !value.is_markup() ? Value(escape_html(*value.text())) : value;
}

// What a method puts into the markup; what it only looks for stays as it is.
Arguments escaped(Arguments arguments, const std::string& method) {
  if (method == "join" && !arguments.positional.empty()) {
    List list = iterate(arguments.positional[0]);
    for (Value& item : list) item = escaped(item);
    arguments.positional[0] = list;
  } else if ((method == "replace" || method.ends_with("just") || method == "center") &&
             arguments.positional.size() > 1) {
    arguments.positional[1] = escaped(arguments.positional[1]);
  }
  return arguments;
}

Value text_attribute(const Value& value, const std::string& name) {
  if (name == "format")
    return Callable(
        [value](const Arguments& arguments) { return format_braces(value, arguments); });
  if (name == "format_map")
    return Callable([value](const Arguments& given) {
      check_count(given, 1);
      const Value& names = needed(given, 0, "mapping");
      if (!names.is_mapping()) throw TemplateError("format_map needs a dictionary");
      Arguments arguments;
      for (const auto& [key, item] : names.dict()->items)
        if (key.text()) arguments.named.emplace_back(*key.text(), item);
      return format_braces(value, arguments);
    });
  if (value.is_markup() && (name == "unescape" || name == "striptags"))
    return Callable([value, name](const Arguments&) -> Value {
      return name == "unescape" ? unescape_html(*value.text()) : strip_tags(*value.text());
    });
  TextMethod method = nullptr;
  for (auto find : {find_search_method, find_split_method, find_shape_method, find_class_method})
    if (!method) method = find(name);
  if (!method) return Value::undefined(name);
  return Callable([value, method, name](const Arguments& arguments) {
    spend(value.text()->size() / 1024);
    if (!value.is_markup()) return method(*value.text(), arguments);
    return marked(method(*value.text(), escaped(arguments, name)));
  });
}

Value number_attribute(const Value& value, const std::string& name) {
  if (name == "is_integer" && value.as<double>())
    return Callable([value](const Arguments& a) -> Value {
      return check_count(a, 0),
             std::isfinite(value.number()) && value.number() == std::floor(value.number());
    });
  if (name == "bit_length" && value.is_whole())
    return Callable([value](const Arguments& a) -> Value {
      check_count(a, 0);
      uint64_t size = value.integer() < 0 ? 0 - static_cast<uint64_t>(value.integer())
                                          : static_cast<uint64_t>(value.integer());
      int bits = 0;
      for (; size > 0; size >>= 1) ++bits;
      return bits;
    });
  if (name == "real" || (name == "numerator" && value.is_whole()))
    return value.as<bool>() ? Value(value.integer()) : value;
  if (name == "imag") return value.as<double>() ? Value(0.0) : Value(0);
  if (name == "denominator" && value.is_whole()) return 1;
  return Value::undefined(name);
}

Value range_attribute(const Value& value, const std::string& name) {
  const Range& range = *value.range();
  if (name == "start") return range.start;
  if (name == "step") return range.step;
  if (name == "stop") return range.stop;
  return list_method(value, name);
}

Value method_of(const Value& value, const std::string& name) {
  if (value.text()) return text_attribute(value, name);
  if (value.is_number()) return number_attribute(value, name);
  if (value.is_mapping()) return dict_method(value, name);
  if (value.range()) return range_attribute(value, name);
  if (value.is_sequence()) return list_method(value, name);
  return Value::undefined(name);
}

// The part of a range from one place to another is a range as well.
Value part_of_range(const Range& range, List picked, int64_t from, int64_t to, int64_t by) {
  auto number_at = [&](int64_t place) {
    int64_t number = 0;
    if (__builtin_mul_overflow(place, range.step, &number) ||
        __builtin_add_overflow(range.start, number, &number))
      throw TemplateError("a number is too large");
    return number;
  };
  int64_t step = 0;
  if (__builtin_mul_overflow(range.step, by, &step)) throw TemplateError("a number is too large");
  return Value(Range{std::move(picked), number_at(from), number_at(to), step});
}

Value key_or_nothing(const Value& value, const Value& key, const std::string& name) {
  if (value.dict()) {
    const Value* found = value.dict()->find(key);
    if (found && !(value.shape == Shape::object && name.starts_with("_"))) return *found;
  }
  return Value::undefined(name);
}

void refuse_undefined(const Value& value, const std::string& name) {
  if (!value.is_undefined()) return;
  const std::string& what = value.as<Undefined>()->name;
  throw TemplateError("\"" + (what.empty() ? std::string("a value") : what) +
                      "\" is undefined and has no \"" + name + "\"");
}

}  // namespace

Value attribute(const Value& value, const std::string& name) {
  refuse_undefined(value, name);
  Value method = method_of(value, name);
  return method.is_undefined() ? key_or_nothing(value, name, name) : method;
}

Value subscript(const Value& value, const Value& key) {
  refuse_undefined(value, key.print());
  if (value.dict()) {
    const Value* found = value.dict()->find(key);
    if (found) return key_or_nothing(value, key, key.print());
    return key.text() ? method_of(value, *key.text()) : Value::undefined(key.print());
  }
  if (key.text()) return method_of(value, *key.text());
  if (!key.is_whole() || !(value.text() || value.is_sequence())) return Value::undefined("item");
  int64_t index = key.integer();
  if (value.text()) {
    spend(value.text()->size() / 1024);
    const std::vector<size_t> offsets = places(*value.text());
    const auto size = static_cast<int64_t>(offsets.size()) - 1;
    if (index < 0) index += size;
    if (index < 0 || index >= size) return Value::undefined("item");
    const size_t begin = offsets[static_cast<size_t>(index)];
    return Value(value.text()->substr(begin, offsets[static_cast<size_t>(index) + 1] - begin))
        .shaped(value.shape);
  }
  const List& items = *value.list();
  const auto size = static_cast<int64_t>(items.size());
  if (index < 0) index += size;
  return index < 0 || index >= size ? Value::undefined("item") : items[static_cast<size_t>(index)];
}

Value slice(const Value& value, const Value& begin, const Value& end, const Value& step) {
  refuse_undefined(value, "slice");
  for (const Value* part : {&begin, &end, &step})
    if (!part->is_none() && !part->is_whole())
      throw TemplateError("a slice is between whole numbers");
  if (!value.text() && !value.is_sequence())
    throw TemplateError(std::string(value.type_name()) + " cannot be sliced");
  std::vector<size_t> offsets;
  if (value.text()) {
    spend(value.text()->size() / 1024);
    offsets = places(*value.text());
  }
  const auto size = static_cast<int64_t>(value.text() ? offsets.size() - 1 : value.list()->size());
  const int64_t by = step.is_none() ? 1 : step.integer();
  if (by == 0) throw TemplateError("a slice's step is zero");
  auto place = [&](const Value& given, int64_t fallback) {
    if (given.is_none()) return fallback;
    int64_t at = given.integer();
    if (at < 0) at += size;
    return by > 0 ? std::clamp<int64_t>(at, 0, size) : std::clamp<int64_t>(at, -1, size - 1);
  };
  const int64_t from = place(begin, by > 0 ? 0 : size - 1), to = place(end, by > 0 ? size : -1);
  // Beyond the size a step is as good as the size, and cannot overflow.
  const int64_t stride = std::clamp<int64_t>(by, -size - 1, size + 1);
  List picked;
  std::string text;
  for (int64_t i = from; by > 0 ? i < to : i > to; i += stride) {
    const auto at = static_cast<size_t>(i);
    if (value.text())
      text.append(*value.text(), offsets[at], offsets[at + 1] - offsets[at]);
    else
      picked.push_back((*value.list())[at]);
  }
  spend(picked.size() / 8);
  if (value.range()) return part_of_range(*value.range(), std::move(picked), from, to, by);
  return value.text() ? Value(std::move(text)).shaped(value.shape)
                      : Value(std::move(picked)).shaped(value.shape);
}

Value call_method(const Value& value, const std::string& name, const Arguments& arguments) {
  const Value method = attribute(value, name);
  if (!method.callable())
    throw TemplateError(std::string(value.type_name()) + " has no method \"" + name + "\"");
  return (*method.callable())(arguments);
}

}  // namespace loom::jinja
