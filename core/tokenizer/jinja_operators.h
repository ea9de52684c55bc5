// Operators on values, as Python has them; what they make is bounded.
#pragma once

#include <string>

#include "core/tokenizer/jinja_value.h"

namespace loom::jinja {

inline constexpr size_t kMostSteps = 4'000'000, kMostOutput = 64u << 20;

// "+", "-", "*", "/", "//", "%", "**" and "~".
Value binary_operation(const std::string& op, const Value& a, const Value& b);
// "==", "!=", "<", ">", "<=", ">=", "in" and "not in".
bool comparison_holds(const std::string& op, const Value& left, const Value& right);

}  // namespace loom::jinja
