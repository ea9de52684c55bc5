// Values of chat templates, with Python's rules for truth, equality, order and printing.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <string>
#include <variant>
#include <vector>

namespace loom::jinja {

// A template that goes wrong stops with this; it never leaves chat_template.cpp.
struct TemplateError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

class Value;
struct Undefined {
  std::string name;
};
using List = std::vector<Value>;
struct Dict {
  std::vector<std::pair<Value, Value>> items;
  Value* find(const Value& key);
  void set(const Value& key, Value value);
};
struct Arguments {
  std::vector<Value> positional;
  std::vector<std::pair<std::string, Value>> named;
  // The i-th positional or the named one; nullptr when not given.
  const Value* get(size_t index, const char* name) const;
};
using Callable = std::function<Value(const Arguments&)>;

class Value {
 public:
  using Content = std::variant<Undefined, std::nullptr_t, bool, int64_t, double, std::string,
                               std::shared_ptr<List>, std::shared_ptr<Dict>, std::shared_ptr<Callable>>;
  Value() : content_(Undefined{}) {}
  Value(std::nullptr_t) : content_(nullptr) {}
  Value(bool v) : content_(v) {}
  Value(int64_t v) : content_(v) {}
  Value(int v) : content_(static_cast<int64_t>(v)) {}
  Value(double v) : content_(v) {}
  Value(std::string v) : content_(std::move(v)) {}
  Value(const char* v) : content_(std::string(v)) {}
  Value(List v) : content_(std::make_shared<List>(std::move(v))) {}
  Value(Dict v) : content_(std::make_shared<Dict>(std::move(v))) {}
  Value(Callable v) : content_(std::make_shared<Callable>(std::move(v))) {}
  static Value undefined(std::string name) {
    Value value;
    value.content_ = Undefined{std::move(name)};
    return value;
  }
  static Value from(const nlohmann::ordered_json& json);

  template <typename T>
  const T* as() const { return std::get_if<T>(&content_); }
  bool is_undefined() const { return as<Undefined>(); }
  bool is_none() const { return as<std::nullptr_t>(); }
  const std::string* text() const { return as<std::string>(); }
  List* list() const {
    auto* shared = as<std::shared_ptr<List>>();
    return shared ? shared->get() : nullptr;
  }
  Dict* dict() const {
    auto* shared = as<std::shared_ptr<Dict>>();
    return shared ? shared->get() : nullptr;
  }
  const Callable* callable() const {
    auto* shared = as<std::shared_ptr<Callable>>();
    return shared ? shared->get() : nullptr;
  }
  bool is_number() const { return as<bool>() || as<int64_t>() || as<double>(); }
  double number() const;    // of bool, int, float
  int64_t integer() const;  // of bool and int; else an error
  bool truth() const;
  bool namespaced = false;  // made by namespace(): the only dictionary that set may change
  bool tuple = false;       // prints with round brackets
  bool lazy = false;        // made by a filter that yields one by one: has no length and no places

  const char* type_name() const;
  std::string print() const;  // as str()
  std::string repr() const;

  friend bool operator==(const Value& a, const Value& b);

 private:
  Content content_;
};

// Python's order; an error for types that have none.
bool less(const Value& a, const Value& b);
// Items that a for loop visits.
List iterate(const Value& value);
std::string to_json(const Value& value, int indent, bool sort_keys, bool ensure_ascii,
                    const std::string& item_separator, const std::string& key_separator);
std::string print_float(double value);

std::vector<std::string> characters(const std::string& text);  // one code point each

// Named tables of the language.
Value apply_filter(const std::string& name, const Value& value, const Arguments& arguments,
                   const std::function<Value(const std::string&, const Value&, const Arguments&)>& filter,
                   const std::function<bool(const std::string&, const Value&, const Arguments&)>& test);
bool apply_test(const std::string& name, const Value& value, const Arguments& arguments);
bool has_filter(const std::string& name);
bool has_test(const std::string& name);
// value.name as a method or key; undefined when there is neither.
Value attribute(const Value& value, const std::string& name);
Value subscript(const Value& value, const Value& key);
Value slice(const Value& value, const Value& begin, const Value& end, const Value& step);

}  // namespace loom::jinja
