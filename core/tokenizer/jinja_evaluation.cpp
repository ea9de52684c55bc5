// Expressions.
#include "core/tokenizer/jinja_interpreter.h"
#include "core/tokenizer/jinja_operators.h"

namespace loom::jinja {

Arguments Interpreter::evaluate_arguments(const CallArguments& arguments) {
  Arguments result;
  for (const auto& part : arguments.positional) result.positional.push_back(evaluate(*part));
  for (const auto& [name, part] : arguments.named) result.named.emplace_back(name, evaluate(*part));
  if (arguments.star)
    for (Value& value : iterate(evaluate(*arguments.star)))
      result.positional.push_back(std::move(value));
  if (arguments.double_star) {
    const Value more = evaluate(*arguments.double_star);
    if (!more.is_mapping()) throw TemplateError("** needs a dictionary");
    for (const auto& [key, value] : more.dict()->items) {
      if (!key.text()) throw TemplateError("** needs names");
      if (result.get(SIZE_MAX, key.text()->c_str()))
        throw TemplateError("the value \"" + *key.text() + "\" is given twice");
      result.named.emplace_back(*key.text(), value);
    }
  }
  return result;
}

Value Interpreter::evaluate_call(const Expression& expression) {
  const Value callee = evaluate(*expression.parts[0]);
  const Arguments arguments = evaluate_arguments(expression.arguments);
  if (callee.is_undefined())
    throw TemplateError("\"" + callee.as<Undefined>()->name + "\", called on line " +
                        std::to_string(expression.line) + ", is undefined");
  return call(callee, arguments);
}

Value Interpreter::evaluate_compare(const Expression& expression) {
  Value left = evaluate(*expression.parts[0]);
  for (size_t i = 0; i < expression.operators.size(); ++i) {
    Value right = evaluate(*expression.parts[i + 1]);
    if (!comparison_holds(expression.operators[i], left, right)) return false;
    left = std::move(right);
  }
  return true;
}

Value Interpreter::evaluate(const Expression& expression) {
  spend(1);
  check_stack();
  auto part = [&](size_t i) { return evaluate(*expression.parts[i]); };
  switch (expression.kind) {
    case Expression::literal:
      return expression.value;
    case Expression::name:
      return lookup(expression.text);
    case Expression::list:
    case Expression::tuple: {
      List list;
      for (const auto& item : expression.parts) list.push_back(evaluate(*item));
      return Value(std::move(list))
          .shaped(expression.kind == Expression::tuple ? Shape::tuple : Shape::plain);
    }
    case Expression::dict: {
      Dict dict;
      for (size_t i = 0; i + 1 < expression.parts.size(); i += 2) {
        const Value key = part(i);
        dict.set(key, part(i + 1));
      }
      return dict;
    }
    case Expression::attribute:
      return attribute(part(0), expression.text);
    case Expression::subscript: {
      const Value value = part(0);
      return subscript(value, part(1));
    }
    case Expression::slice: {
      const Value value = part(0), begin = part(1), end = part(2);
      return slice(value, begin, end, part(3));
    }
    case Expression::call:
      return evaluate_call(expression);
    case Expression::filter: {
      const Value value = part(0);
      return filtered(expression.text, value, evaluate_arguments(expression.arguments));
    }
    case Expression::test: {
      const Value value = part(0);
      return apply_test(expression.text, value, evaluate_arguments(expression.arguments));
    }
    case Expression::unary:
      return unary_operation(expression.text, part(0));
    case Expression::binary: {
      const Value left = part(0), right = part(1);
      // What escapes joins texts as markup does.
      if (escaping_ && expression.text == "~")
        return binary_operation("+", soft(left), soft(right));
      return binary_operation(expression.text, left, right);
    }
    case Expression::compare:
      return evaluate_compare(expression);
    case Expression::logic_and: {
      Value left = part(0);
      return left.truth() ? part(1) : left;
    }
    case Expression::logic_or: {
      Value left = part(0);
      return left.truth() ? left : part(1);
    }
    case Expression::logic_not:
      return !part(0).truth();
    case Expression::conditional:
      if (part(0).truth()) return part(1);
      return expression.parts.size() > 2 ? part(2) : Value();
  }
  return {};
}

}  // namespace loom::jinja
