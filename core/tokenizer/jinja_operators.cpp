#include "core/tokenizer/jinja_operators.h"

#include <cmath>

#include "core/tokenizer/jinja_format.h"

namespace loom::jinja {
namespace {

[[noreturn]] void unsupported(const std::string& op, const Value& a, const Value& b) {
  throw TemplateError("'" + op + "' is not supported between " + a.type_name() + " and " +
                      b.type_name());
}

Value joined_texts(const Value& a, const Value& b) {
  const bool markup = a.is_markup() || b.is_markup();
  auto part = [&](const Value& value) {
    return markup && !value.is_markup() ? escape_html(*value.text()) : *value.text();
  };
  std::string out = part(a);
  append(out, part(b));
  return Value(std::move(out)).shaped(markup ? Shape::markup : Shape::plain);
}

Value joined_lists(const Value& a, const Value& b) {
  spend(a.list()->size() + b.list()->size());
  List joined = *a.list();
  joined.insert(joined.end(), b.list()->begin(), b.list()->end());
  return a.is_tuple() ? Value::tuple(std::move(joined)) : Value(std::move(joined));
}

bool can_repeat(const Value& value) {
  return value.text() || (value.is_sequence() && value.shape != Shape::range);
}

Value repeated(const Value& value, int64_t times) {
  if (const std::string* text = value.text()) {
    std::string out;
    if (times > 0) append(out, static_cast<size_t>(times), *text);
    return Value(std::move(out)).shaped(value.shape);
  }
  const size_t size = value.list()->size(), count = times > 0 ? static_cast<size_t>(times) : 0;
  if (size > 0 && count > kMostSteps / size) throw TemplateError("a list is too long");
  spend(size * count);
  List out;
  out.reserve(size * count);
  for (size_t i = 0; size > 0 && i < count; ++i)
    out.insert(out.end(), value.list()->begin(), value.list()->end());
  return value.is_tuple() ? Value::tuple(std::move(out)) : Value(std::move(out));
}

Value divided(const std::string& op, const Value& a, const Value& b) {
  const bool whole = a.is_whole() && b.is_whole();
  if (b.number() == 0) throw TemplateError("division by zero");
  if (op == "/") return a.number() / b.number();
  if (!whole) {
    // The remainder has the divisor's sign, and the quotient follows from it, as Python has it.
    const double x = a.number(), y = b.number();
    double rest = std::fmod(x, y);
    if (rest != 0 && (y < 0) != (rest < 0)) rest += y;
    if (op == "%") return rest != 0 ? rest : std::copysign(0.0, y);
    const double quotient = (x - rest) / y, rounded = std::floor(quotient);
    if (quotient == 0) return std::copysign(0.0, x / y);
    return quotient - rounded > 0.5 ? rounded + 1 : rounded;
  }
  const int64_t x = a.integer(), y = b.integer();
  if (y == -1) {
    if (x == INT64_MIN && op == "//") throw TemplateError("a number is too large");
    return op == "//" ? -x : int64_t{0};
  }
  const int64_t q = x / y - ((x % y != 0) && ((x < 0) != (y < 0)) ? 1 : 0);
  return op == "//" ? q : x - q * y;
}

Value power(const Value& a, const Value& b) {
  if (a.is_whole() && b.is_whole() && b.integer() >= 0) {
    int64_t base = a.integer(), result = 1;
    for (uint64_t left = static_cast<uint64_t>(b.integer()); left > 0; left >>= 1) {
      if ((left & 1) && __builtin_mul_overflow(result, base, &result))
        throw TemplateError("a number is too large");
      if (left > 1 && __builtin_mul_overflow(base, base, &base))
        throw TemplateError("a number is too large");
    }
    return result;
  }
  if (a.number() == 0 && b.number() < 0) throw TemplateError("zero cannot have a negative power");
  const double result = std::pow(a.number(), b.number());
  if (std::isnan(result) && !std::isnan(a.number()) && !std::isnan(b.number()))
    throw TemplateError("the power is no real number");
  if (std::isinf(result) && std::isfinite(a.number()) && std::isfinite(b.number()))
    throw TemplateError("a number is too large");
  return result;
}

}  // namespace

Value binary_operation(const std::string& op, const Value& a, const Value& b) {
  if (op == "~") {
    std::string out = a.print();
    append(out, b.print());
    return out;
  }
  if (op == "%" && a.text()) return format_percent(a, b);
  if (op == "+" && a.text() && b.text()) return joined_texts(a, b);
  if (op == "+" && can_repeat(a) && can_repeat(b) && !a.text() && !b.text() &&
      a.is_tuple() == b.is_tuple())
    return joined_lists(a, b);
  if (op == "*" && can_repeat(a) && b.is_whole()) return repeated(a, b.integer());
  if (op == "*" && can_repeat(b) && a.is_whole()) return repeated(b, a.integer());
  if (!a.is_number() || !b.is_number()) unsupported(op, a, b);
  if (op == "/" || op == "//" || op == "%") return divided(op, a, b);
  if (op == "**") return power(a, b);
  if (!a.is_whole() || !b.is_whole())
    return op == "+"   ? a.number() + b.number()
           : op == "-" ? a.number() - b.number()
                       : a.number() * b.number();
  int64_t result = 0;
  const bool overflow = op == "+"   ? __builtin_add_overflow(a.integer(), b.integer(), &result)
                        : op == "-" ? __builtin_sub_overflow(a.integer(), b.integer(), &result)
                                    : __builtin_mul_overflow(a.integer(), b.integer(), &result);
  if (overflow) throw TemplateError("a number is too large");
  return result;
}

Value unary_operation(const std::string& op, const Value& value) {
  if (value.as<double>()) return op == "-" ? Value(-value.number()) : value;
  const int64_t whole = value.integer();
  if (op == "+") return whole;
  if (whole == INT64_MIN) throw TemplateError("a number is too large");
  return -whole;
}

bool comparison_holds(const std::string& op, const Value& left, const Value& right) {
  if (op == "==") return left == right;
  if (op == "!=") return !(left == right);
  if (op == "in") return contains(right, left);
  if (op == "not in") return !contains(right, left);
  if (op == "<") return less(left, right);
  if (op == ">") return less(right, left);
  // Said this way, what is no number is neither less nor greater nor equal.
  return op == "<=" ? less(left, right) || left == right : less(right, left) || left == right;
}

}  // namespace loom::jinja
