#include "core/tokenizer/jinja_expression_parser.h"

#include <charconv>

namespace loom::jinja {

ExpressionPtr ExpressionParser::expression_or_tuple() {
  auto first = expression();
  if (!is(",")) return first;
  auto tuple = make(Expression::tuple);
  tuple->parts.push_back(std::move(first));
  while (accept(",")) {
    if (now().kind == TokenKind::block_end || now().kind == TokenKind::variable_end) break;
    tuple->parts.push_back(expression());
  }
  return tuple;
}

ExpressionPtr ExpressionParser::expression() {
  if (++depth_ > kDeepest) fail("nested too deeply");
  auto value = logic_or();
  while (accept_name("if")) {
    auto condition = make(Expression::conditional);
    condition->parts.push_back(logic_or());
    condition->parts.push_back(std::move(value));
    if (accept_name("else")) condition->parts.push_back(expression());
    value = std::move(condition);
  }
  --depth_;
  return value;
}

ExpressionPtr ExpressionParser::logic_or() {
  auto left = logic_and();
  while (accept_name("or")) left = make(Expression::logic_or, "", std::move(left), logic_and());
  return left;
}

ExpressionPtr ExpressionParser::logic_and() {
  auto left = logic_not();
  while (accept_name("and")) left = make(Expression::logic_and, "", std::move(left), logic_not());
  return left;
}

ExpressionPtr ExpressionParser::logic_not() {
  if (!accept_name("not")) return comparison();
  if (++depth_ > kDeepest) fail("nested too deeply");
  auto inner = logic_not();
  --depth_;
  return make(Expression::logic_not, "", std::move(inner));
}

ExpressionPtr ExpressionParser::comparison() {
  auto left = sum();
  auto chain = make(Expression::compare);
  for (;;) {
    std::string op;
    for (const char* symbol : {"==", "!=", "<=", ">=", "<", ">"})
      if (op.empty() && is(symbol)) op = symbol;
    if (!op.empty()) {
      take();
    } else if (is_name("in")) {
      op = take().text;
    } else if (is_name("not") && peek().kind == TokenKind::name && peek().text == "in") {
      take();
      take();
      op = "not in";
    } else {
      break;
    }
    if (chain->parts.empty()) chain->parts.push_back(std::move(left));
    chain->operators.push_back(op);
    chain->parts.push_back(sum());
  }
  return chain->parts.empty() ? std::move(left) : std::move(chain);
}

ExpressionPtr ExpressionParser::sum() {
  auto left = concatenation();
  while (is("+") || is("-")) {
    std::string op = take().text;
    left = make(Expression::binary, op, std::move(left), concatenation());
  }
  return left;
}

ExpressionPtr ExpressionParser::concatenation() {
  auto left = product();
  while (accept("~")) left = make(Expression::binary, "~", std::move(left), product());
  return left;
}

ExpressionPtr ExpressionParser::product() {
  auto left = power();
  while (is("*") || is("/") || is("//") || is("%")) {
    std::string op = take().text;
    left = make(Expression::binary, op, std::move(left), power());
  }
  return left;
}

ExpressionPtr ExpressionParser::power() {
  auto left = unary(true);
  while (accept("**")) left = make(Expression::binary, "**", std::move(left), unary(true));
  return left;
}

ExpressionPtr ExpressionParser::unary(bool with_filters) {
  if (++depth_ > kDeepest) fail("nested too deeply");
  ExpressionPtr value;
  if (is("-") || is("+")) {
    std::string op = take().text;
    value = make(Expression::unary, op, unary(false));
  } else {
    value = primary();
  }
  value = postfix(std::move(value));
  if (with_filters) value = filters_and_tests(std::move(value));
  --depth_;
  return value;
}

int64_t ExpressionParser::whole(const std::string& digits) const {
  int64_t value = 0;
  const auto end = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (end.ec != std::errc()) fail("a number is too large");
  return value;
}

// Not by strtod, which looks for the user's decimal comma.
double ExpressionParser::real(const std::string& digits) const {
  double value = 0;
  const auto end = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  if (end.ec != std::errc()) fail("a number is too large or too small");
  return value;
}

ExpressionPtr ExpressionParser::primary() {
  Token token = take();
  auto literal = [&](Value value) {
    auto made = make(Expression::literal);
    made->value = std::move(value);
    return made;
  };
  switch (token.kind) {
    case TokenKind::integer:
      return literal(whole(token.text));
    case TokenKind::real:
      return literal(real(token.text));
    case TokenKind::text: {
      std::string text = token.text;
      while (now().kind == TokenKind::text) text += take().text;
      return literal(text);
    }
    case TokenKind::name:
      if (token.text == "true" || token.text == "True") return literal(true);
      if (token.text == "false" || token.text == "False") return literal(false);
      if (token.text == "none" || token.text == "None") return literal(nullptr);
      special_ |= token.text == "caller"    ? uses_caller
                  : token.text == "kwargs"  ? uses_kwargs
                  : token.text == "varargs" ? uses_varargs
                                            : 0u;
      return make(Expression::name, token.text);
    default:
      break;
  }
  if (token.text == "(") return parenthesis();
  if (token.text == "[") {
    auto list = make(Expression::list);
    while (!is("]")) {
      list->parts.push_back(expression());
      if (!accept(",")) break;
    }
    expect("]");
    return list;
  }
  if (token.text == "{") {
    auto dict = make(Expression::dict);
    while (!is("}")) {
      dict->parts.push_back(expression());
      expect(":");
      dict->parts.push_back(expression());
      if (!accept(",")) break;
    }
    expect("}");
    return dict;
  }
  fail("unexpected '" + token.text + "'");
}

ExpressionPtr ExpressionParser::parenthesis() {
  auto tuple = make(Expression::tuple);
  bool comma = is(")");
  while (!is(")")) {
    tuple->parts.push_back(expression());
    if (!accept(",")) break;
    comma = true;
  }
  expect(")");
  if (comma) return tuple;
  return std::move(tuple->parts[0]);
}

}  // namespace loom::jinja
