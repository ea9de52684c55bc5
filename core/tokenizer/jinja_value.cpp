#include "core/tokenizer/jinja_value.h"

namespace loom::jinja {

Value::Value(std::string v) {
  spend_text(v.size());
  content_ = std::make_shared<const std::string>(std::move(v));
}

void Value::release() {
  const bool last = std::visit(
      [](const auto& held) {
        if constexpr (requires { held.use_count(); })
          return held.use_count() == 1;
        else
          return false;
      },
      content_);
  if (!last) return;
  // What a value holds goes after it, from a list of its own: a list within a list within … would
  // else take a level of the stack each.
  thread_local std::vector<Content>* waiting = nullptr;
  if (waiting) {
    waiting->push_back(std::move(content_));
    return;
  }
  std::vector<Content> own;
  own.push_back(std::move(content_));
  waiting = &own;
  while (!own.empty()) {
    const Content next = std::move(own.back());
    own.pop_back();
  }
  waiting = nullptr;
}

Value* Dict::find(const Value& key) {
  if (items.size() > 64) spend(items.size() / 64);
  for (auto& [name, value] : items)
    if (name == key) return &value;
  return nullptr;
}

void Dict::set(const Value& key, Value value) {
  if (Value* present = find(key)) {
    *present = std::move(value);
  } else {
    check_key(key);
    items.emplace_back(key, std::move(value));
  }
}

void check_key(const Value& key) {
  if (key.is_tuple()) {
    for (const Value& part : *key.list()) check_key(part);
  } else if (key.is_mapping() || (key.list() && key.shape == Shape::plain)) {
    throw TemplateError(std::string("a ") + key.type_name() + " cannot be a key");
  }
}

const Value* Arguments::get(size_t index, const char* name) const {
  for (const auto& [key, value] : named)
    if (key == name) return &value;
  return index < positional.size() ? &positional[index] : nullptr;
}

Value Value::from(const nlohmann::ordered_json& json, int depth) {
  if (depth > kDeepestValue) throw TemplateError("a value is nested too deeply");
  if (json.is_null()) return nullptr;
  if (json.is_boolean()) return json.get<bool>();
  if (json.is_number_unsigned() && json.get<uint64_t>() > static_cast<uint64_t>(INT64_MAX))
    throw TemplateError("a number is too large");
  if (json.is_number_integer()) return json.get<int64_t>();
  if (json.is_number_float()) return json.get<double>();
  if (json.is_string()) return json.get<std::string>();
  if (json.is_array()) {
    List list;
    for (const auto& item : json) list.push_back(from(item, depth + 1));
    return list;
  }
  Dict dict;
  for (const auto& [key, item] : json.items()) dict.items.emplace_back(key, from(item, depth + 1));
  return dict;
}

double Value::number() const {
  if (auto* v = as<bool>()) return *v;
  if (auto* v = as<int64_t>()) return static_cast<double>(*v);
  if (auto* v = as<double>()) return *v;
  throw TemplateError(std::string("a number was expected, not ") + type_name());
}

int64_t Value::integer() const {
  if (auto* v = as<bool>()) return *v;
  if (auto* v = as<int64_t>()) return *v;
  throw TemplateError(std::string("a whole number was expected, not ") + type_name());
}

bool Value::truth() const {
  if (is_undefined() || is_none()) return false;
  if (is_number()) return number() != 0;
  if (auto* v = text()) return !v->empty();
  if (auto* v = list()) return shape == Shape::generator || !v->empty();
  if (auto* v = dict()) return shape != Shape::plain || !v->items.empty();
  return true;
}

const char* Value::type_name() const {
  static constexpr const char* kNames[] = {"undefined", "None", "bool", "int",      "float",
                                           "str",       "list", "dict", "function", "range"};
  if (is_tuple()) return "tuple";
  if (shape == Shape::generator) return "generator";
  if (shape == Shape::name_space) return "namespace";
  return kNames[content_.index()];
}

}  // namespace loom::jinja
