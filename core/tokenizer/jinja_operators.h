// Operators on values, as Python has them; what they make is bounded.
#pragma once

#include <string>

#include "core/tokenizer/jinja_value.h"

namespace loom::jinja {

// "+", "-", "*", "/", "//", "%", "**" and "~".
Value binary_operation(const std::string& op, const Value& a, const Value& b);
// "+" and "-" before a value.
Value unary_operation(const std::string& op, const Value& value);
// "==", "!=", "<", ">", "<=", ">=", "in" and "not in".
bool comparison_holds(const std::string& op, const Value& left, const Value& right);

}  // namespace loom::jinja
