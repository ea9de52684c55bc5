// Values of chat templates, with Python's rules for truth, equality, order and printing.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <variant>
#include <vector>

#include "core/tokenizer/jinja_bounds.h"

namespace loom::jinja {

class Value;
struct Range;
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

// Python has more types than there are contents here: what else a content stands for.
enum class Shape : uint8_t {
  plain,
  tuple,
  group,  // a tuple of groupby, whose parts have names
  range,
  keys,  // what a dictionary's methods give: no places
  values,
  pairs,
  generator,   // what a filter yields one by one: no length, no places
  markup,      // a text that counts as HTML: what is added to it is escaped
  name_space,  // made by namespace(): the only dictionary that set may change
  object,      // loop, a macro, a cycler: a dictionary's items as attributes
};

class Value {
 public:
  using Text = std::shared_ptr<const std::string>;  // shared, since documents are long
  using Content =
      std::variant<Undefined, std::nullptr_t, bool, int64_t, double, Text, std::shared_ptr<List>,
                   std::shared_ptr<Dict>, std::shared_ptr<Callable>, std::shared_ptr<Range>>;
  Value() : content_(Undefined{}) {}
  Value(std::nullptr_t) : content_(nullptr) {}
  Value(bool v) : content_(v) {}
  Value(int64_t v) : content_(v) {}
  Value(int v) : content_(static_cast<int64_t>(v)) {}
  Value(double v) : content_(v) {}
  Value(std::string v);
  Value(const char* v) : Value(std::string(v)) {}
  Value(List v) : content_(std::make_shared<List>(std::move(v))) {}
  Value(Dict v) : content_(std::make_shared<Dict>(std::move(v))) {}
  explicit Value(std::shared_ptr<Dict> v) : content_(std::move(v)) {}
  Value(Callable v) : content_(std::make_shared<Callable>(std::move(v))) {}
  explicit Value(Range v);
  Value(const Value&) = default;
  Value(Value&&) noexcept = default;
  Value& operator=(const Value&) = default;
  Value& operator=(Value&&) noexcept = default;
  ~Value() {
    if (content_.index() >= kFirstNested) release();
  }
  static Value undefined(std::string name) {
    Value value;
    value.content_ = Undefined{std::move(name)};
    return value;
  }
  static Value from(const nlohmann::ordered_json& json, int depth = 0);
  static Value tuple(List items) { return Value(std::move(items)).shaped(Shape::tuple); }
  Value shaped(Shape other) const {
    Value value = *this;
    value.shape = other;
    return value;
  }

  template <typename T>
  const T* as() const {
    return std::get_if<T>(&content_);
  }
  bool is_undefined() const { return as<Undefined>(); }
  bool is_none() const { return as<std::nullptr_t>(); }
  const std::string* text() const { return pointed<const std::string>(); }
  List* list() const;  // of a range too
  const Range* range() const { return shape == Shape::range ? pointed<Range>() : nullptr; }
  Dict* dict() const { return pointed<Dict>(); }
  const Callable* callable() const { return pointed<Callable>(); }
  bool is_number() const { return as<bool>() || as<int64_t>() || as<double>(); }
  bool is_whole() const { return as<bool>() || as<int64_t>(); }
  bool is_tuple() const { return list() && (shape == Shape::tuple || shape == Shape::group); }
  bool is_mapping() const { return dict() && shape == Shape::plain; }
  bool is_markup() const { return shape == Shape::markup; }
  // Has places, as lists, tuples and ranges have.
  bool is_sequence() const {
    return list() && (shape == Shape::plain || shape == Shape::tuple || shape == Shape::group ||
                      shape == Shape::range);
  }
  double number() const;    // of bool, int, float
  int64_t integer() const;  // of bool and int; else an error
  bool truth() const;
  Shape shape = Shape::plain;

  const char* type_name() const;
  std::string print() const;  // as str()
  std::string repr(bool ascii = false) const;

  friend bool operator==(const Value& a, const Value& b) { return same(a, b, 0); }

 private:
  static constexpr size_t kFirstNested = 6;  // lists, dictionaries and functions hold other values
  template <typename T>
  T* pointed() const {
    auto* shared = std::get_if<std::shared_ptr<T>>(&content_);
    return shared ? shared->get() : nullptr;
  }
  static bool same(const Value& a, const Value& b, int depth);
  void release();  // without recursion, however deep the nesting

  Content content_;
};

// The numbers that range() gave, beside what it was given.
struct Range {
  List items;
  int64_t start, stop, step;
};

inline Value::Value(Range v)
    : shape(Shape::range), content_(std::make_shared<Range>(std::move(v))) {}

inline List* Value::list() const {
  if (auto* numbers = pointed<Range>()) return &numbers->items;
  return pointed<List>();
}

// A text that keeps being markup; of other values what they print.
inline Value soft(const Value& value) {
  return value.text() ? value : Value(value.print());
}
// Python's order; an error for types that have none.
bool less(const Value& a, const Value& b);
// Items that a for loop visits.
List iterate(const Value& value);
bool contains(const Value& container, const Value& item);
// Lists and dictionaries are no keys.
void check_key(const Value& key);

struct JsonForm {
  std::string indent;
  bool lines = false;  // each item on a line of its own
  bool sort_keys = false, ensure_ascii = false;
  std::string item_separator = ", ", key_separator = ": ";
};
std::string to_json(const Value& value, const JsonForm& form);
std::string print_float(double value);
std::string escape_html(const std::string& text);

// Named tables of the language.
Value apply_filter(
    const std::string& name, const Value& value, const Arguments& arguments, bool escaping,
    const std::function<Value(const std::string&, const Value&, const Arguments&)>& filter,
    const std::function<bool(const std::string&, const Value&, const Arguments&)>& test);
bool apply_test(const std::string& name, const Value& value, const Arguments& arguments);
bool has_filter(const std::string& name);
bool has_test(const std::string& name);
// value.name: a method before a key; undefined when there is neither.
Value attribute(const Value& value, const std::string& name);
// value[key]: a key before a method.
Value subscript(const Value& value, const Value& key);
Value slice(const Value& value, const Value& begin, const Value& end, const Value& step);
Value call_method(const Value& value, const std::string& name, const Arguments& arguments = {});

}  // namespace loom::jinja
