#include "core/tokenizer/jinja_operators.h"

#include <cmath>

namespace loom::jinja {
namespace {

bool contains(const Value& container, const Value& item) {
  if (auto* text = container.text()) {
    if (!item.text()) throw TemplateError("'in' on a text needs a text");
    return text->find(*item.text()) != std::string::npos;
  }
  if (auto* dict = container.dict()) return dict->find(item) != nullptr;
  for (const Value& each : iterate(container))
    if (each == item) return true;
  return false;
}

}  // namespace

Value binary_operation(const std::string& op, const Value& a, const Value& b) {
  auto joined_text = [](const std::string& left, const std::string& right) {
    if (left.size() + right.size() > kMostOutput) throw TemplateError("a text is too long");
    return left + right;
  };
  if (op == "~") return joined_text(a.print(), b.print());
  if (op == "+" && a.text() && b.text()) return joined_text(*a.text(), *b.text());
  if (op == "+" && a.list() && b.list()) {
    if (a.list()->size() + b.list()->size() > kMostSteps) throw TemplateError("a list is too long");
    List joined = *a.list();
    joined.insert(joined.end(), b.list()->begin(), b.list()->end());
    return joined;
  }
  if (op == "*" && (a.text() || b.text()) && (a.as<int64_t>() || b.as<int64_t>())) {
    const std::string& text = a.text() ? *a.text() : *b.text();
    int64_t times = a.text() ? b.integer() : a.integer();
    if (times <= 0 || text.empty()) return std::string();
    if (static_cast<size_t>(times) > kMostOutput / text.size())
      throw TemplateError("a text is too long");
    std::string repeated;
    for (int64_t i = 0; i < times; ++i) repeated += text;
    return repeated;
  }
  if (!a.is_number() || !b.is_number())
    throw TemplateError("'" + op + "' is not supported between " + a.type_name() + " and " +
                        b.type_name());
  bool whole = !a.as<double>() && !b.as<double>();
  if (op == "/" || op == "//" || op == "%") {
    if (b.number() == 0) throw TemplateError("division by zero");
    if (op == "/") return a.number() / b.number();
    double quotient = std::floor(a.number() / b.number());
    if (!whole) return op == "//" ? quotient : a.number() - b.number() * quotient;
    int64_t x = a.integer(), y = b.integer();
    if (y == -1)
      return op == "//" ? static_cast<int64_t>(0 - static_cast<uint64_t>(x)) : int64_t{0};
    int64_t q = x / y - ((x % y != 0) && ((x < 0) != (y < 0)) ? 1 : 0);
    return op == "//" ? q : x - q * y;
  }
  if (op == "**") {
    double power = std::pow(a.number(), b.number());
    if (whole && b.integer() >= 0 && std::abs(power) < 9e15) return static_cast<int64_t>(power);
    return power;
  }
  if (!whole)
    return op == "+"   ? a.number() + b.number()
           : op == "-" ? a.number() - b.number()
                       : a.number() * b.number();
  int64_t result = 0;
  bool overflow = op == "+"   ? __builtin_add_overflow(a.integer(), b.integer(), &result)
                  : op == "-" ? __builtin_sub_overflow(a.integer(), b.integer(), &result)
                              : __builtin_mul_overflow(a.integer(), b.integer(), &result);
  if (overflow) throw TemplateError("a number is too large");
  return result;
}

bool comparison_holds(const std::string& op, const Value& left, const Value& right) {
  return op == "=="   ? left == right
         : op == "!=" ? !(left == right)
         : op == "<"  ? less(left, right)
         : op == ">"  ? less(right, left)
         : op == "<=" ? !less(right, left)
         : op == ">=" ? !less(left, right)
         : op == "in" ? contains(right, left)
                      : !contains(right, left);
}

}  // namespace loom::jinja
