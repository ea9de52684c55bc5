// What stands behind "is": the named tests.
#include <cmath>
#include <map>

#include "core/tokenizer/jinja_operators.h"
#include "core/tokenizer/jinja_value.h"

namespace loom::jinja {
namespace {

using Test = bool (*)(const Value&, const Value&);
struct Entry {
  Test run;
  bool compares = false;  // with the value that follows
};

bool sameas(const Value& a, const Value& b) {
  if (a.is_number() || b.is_number())
    return a.is_number() && b.is_number() && std::string(a.type_name()) == b.type_name() && a == b;
  if (a.list() || b.list()) return a.list() == b.list() && a.list();
  if (a.dict() || b.dict()) return a.dict() == b.dict() && a.dict();
  return a == b;
}

bool remainder_is(const Value& value, const Value& by, int64_t wanted) {
  const Value rest = binary_operation("%", value, by);
  return rest == Value(wanted);
}

bool has_case(const Value& value, const char* method) {
  return call_method(value.print(), method).truth();
}

using V = const Value&;

const std::map<std::string, Entry>& test_table() {
  static const std::map<std::string, Entry> tests = [] {
    std::map<std::string, Entry> made = {
        {"boolean", {[](V v, V) -> bool { return v.as<bool>(); }}},
        {"callable", {[](V v, V) -> bool {
           return v.callable() || v.is_undefined() ||
                  (v.dict() && v.shape == Shape::object && v.dict()->find("__call__"));
         }}},
        {"defined", {[](V v, V) { return !v.is_undefined(); }}},
        {"undefined", {[](V v, V) { return v.is_undefined(); }}},
        {"escaped", {[](V v, V) { return v.is_markup(); }}},
        {"even", {[](V v, V) { return remainder_is(v, 2, 0); }}},
        {"odd", {[](V v, V) { return remainder_is(v, 2, 1); }}},
        {"true", {[](V v, V) { return v.as<bool>() && *v.as<bool>(); }}},
        {"false", {[](V v, V) { return v.as<bool>() && !*v.as<bool>(); }}},
        {"filter", {[](V v, V) { return v.text() && has_filter(*v.text()); }}},
        {"test", {[](V v, V) { return v.text() && has_test(*v.text()); }}},
        {"float", {[](V v, V) -> bool { return v.as<double>(); }}},
        {"integer", {[](V v, V) -> bool { return v.as<int64_t>(); }}},
        {"iterable",
         {[](V v, V) { return v.text() || v.list() || v.is_mapping() || v.is_undefined(); }}},
        {"sequence", {[](V v, V) {
           return v.text() || v.is_sequence() || v.is_mapping() || v.is_undefined();
         }}},
        {"lower", {[](V v, V) { return has_case(v, "islower"); }}},
        {"upper", {[](V v, V) { return has_case(v, "isupper"); }}},
        {"mapping", {[](V v, V) { return v.is_mapping(); }}},
        {"none", {[](V v, V) { return v.is_none(); }}},
        {"number", {[](V v, V) { return v.is_number(); }}},
        {"string", {[](V v, V) -> bool { return v.text(); }}},
        {"divisibleby", {[](V a, V b) { return remainder_is(a, b, 0); }, true}},
        {"in", {[](V a, V b) { return contains(b, a); }, true}},
        {"sameas", {sameas, true}},
    };
    const Entry eq{[](V a, V b) { return a == b; }, true},
        ne{[](V a, V b) { return !(a == b); }, true};
    const Entry lt{[](V a, V b) { return comparison_holds("<", a, b); }, true};
    const Entry le{[](V a, V b) { return comparison_holds("<=", a, b); }, true};
    const Entry gt{[](V a, V b) { return comparison_holds(">", a, b); }, true};
    const Entry ge{[](V a, V b) { return comparison_holds(">=", a, b); }, true};
    for (const char* name : {"==", "eq", "equalto"}) made[name] = eq;
    for (const char* name : {"!=", "ne"}) made[name] = ne;
    for (const char* name : {"<", "lt", "lessthan"}) made[name] = lt;
    for (const char* name : {"<=", "le"}) made[name] = le;
    for (const char* name : {">", "gt", "greaterthan"}) made[name] = gt;
    for (const char* name : {">=", "ge"}) made[name] = ge;
    return made;
  }();
  return tests;
}

}  // namespace

bool has_test(const std::string& name) {
  return test_table().contains(name);
}

bool apply_test(const std::string& name, const Value& value, const Arguments& arguments) {
  auto found = test_table().find(name);
  if (found == test_table().end()) throw TemplateError("there is no test \"" + name + "\"");
  const Entry& test = found->second;
  if (arguments.positional.size() != (test.compares ? 1 : 0) || !arguments.named.empty())
    throw TemplateError("the test \"" + name + "\" takes " +
                        (test.compares ? "one value" : "no value"));
  spend(1);
  return test.run(value, test.compares ? arguments.positional[0] : value);
}

}  // namespace loom::jinja
