// What stands behind "is": the named tests.
#include <algorithm>

#include "core/tokenizer/jinja_value.h"

namespace loom::jinja {
namespace {

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

constexpr const char* kComparisons[] = {"eq", "equalto",     "==", "ne", "lt",     "lessthan",
                                        "gt", "greaterthan", "le", "ge", "sameas", "divisibleby"};

}  // namespace

bool has_test(const std::string& name) {
  static const char* kTests[] = {
      "defined", "undefined", "none",    "boolean",  "true",     "false",    "integer", "float",
      "number",  "string",    "mapping", "iterable", "sequence", "callable", "odd",     "even",
      "lower",   "upper",     "in",      "escaped",  "filter",   "test"};
  return std::find(std::begin(kTests), std::end(kTests), name) != std::end(kTests) ||
         std::find(std::begin(kComparisons), std::end(kComparisons), name) !=
             std::end(kComparisons);
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
  if (name == "iterable")
    return value.text() || value.list() || value.dict() || value.is_undefined();
  if (name == "sequence")
    return value.text() || value.list() || value.dict() || value.is_undefined();
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
    if (container.text())
      return value.text() && container.text()->find(*value.text()) != std::string::npos;
    for (const Value& item : iterate(container))
      if (item == value) return true;
    return false;
  }
  return compare_test(name, value, arguments.positional[0]);
}

}  // namespace loom::jinja
