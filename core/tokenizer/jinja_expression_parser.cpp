#include "core/tokenizer/jinja_expression_parser.h"

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

ExpressionPtr ExpressionParser::primary() {
  Token token = take();
  auto literal = [&](Value value) {
    auto made = make(Expression::literal);
    made->value = std::move(value);
    return made;
  };
  switch (token.kind) {
    case TokenKind::integer:
      if (token.text.size() > 18) fail("a number is too large");
      return literal(static_cast<int64_t>(std::stoll(token.text)));
    case TokenKind::real:
      return literal(std::strtod(token.text.c_str(), nullptr));
    case TokenKind::text: {
      std::string text = token.text;
      while (now().kind == TokenKind::text) text += take().text;
      return literal(text);
    }
    case TokenKind::name:
      if (token.text == "true" || token.text == "True") return literal(true);
      if (token.text == "false" || token.text == "False") return literal(false);
      if (token.text == "none" || token.text == "None") return literal(nullptr);
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

ExpressionPtr ExpressionParser::postfix(ExpressionPtr value) {
  for (;;) {
    if (accept(".")) {
      if (now().kind == TokenKind::integer) {
        auto key = make(Expression::literal);
        key->value = static_cast<int64_t>(std::stoll(take().text));
        value = make(Expression::subscript, "", std::move(value), std::move(key));
      } else {
        value = make(Expression::attribute, expect_name(), std::move(value));
      }
    } else if (accept("[")) {
      value = subscript(std::move(value));
    } else if (is("(")) {
      auto call = make(Expression::call, "", std::move(value));
      call->arguments = arguments();
      value = std::move(call);
    } else {
      return value;
    }
  }
}

ExpressionPtr ExpressionParser::subscript(ExpressionPtr value) {
  ExpressionPtr parts[3];
  bool is_slice = false;
  for (int i = 0; i < 3; ++i) {
    if (!is(":") && !is("]")) parts[i] = expression();
    if (!accept(":")) break;
    is_slice = true;
  }
  expect("]");
  if (!is_slice) {
    if (!parts[0]) fail("expected a key");
    return make(Expression::subscript, "", std::move(value), std::move(parts[0]));
  }
  auto made = make(Expression::slice, "", std::move(value));
  for (auto& part : parts) {
    if (!part) {
      part = make(Expression::literal);
      part->value = nullptr;
    }
    made->parts.push_back(std::move(part));
  }
  return made;
}

CallArguments ExpressionParser::arguments() {
  CallArguments result;
  expect("(");
  while (!is(")")) {
    if (accept("**")) {
      result.double_star = expression();
    } else if (accept("*")) {
      result.star = expression();
    } else if (now().kind == TokenKind::name && peek().kind == TokenKind::symbol &&
               peek().text == "=") {
      std::string name = take().text;
      take();
      result.named.emplace_back(name, expression());
    } else {
      result.positional.push_back(expression());
    }
    if (!accept(",")) break;
  }
  expect(")");
  return result;
}

ExpressionPtr ExpressionParser::named_filter(ExpressionPtr value) {
  std::string name = expect_name();
  if (!has_filter(name)) fail("there is no filter \"" + name + "\"");
  auto made = make(Expression::filter, name, std::move(value));
  if (is("(")) made->arguments = arguments();
  return made;
}

ExpressionPtr ExpressionParser::filter(ExpressionPtr value) {
  expect("|");
  return named_filter(std::move(value));
}

ExpressionPtr ExpressionParser::filters_and_tests(ExpressionPtr value) {
  for (;;) {
    if (is("|")) {
      value = filter(std::move(value));
    } else if (is_name("is")) {
      take();
      bool negated = accept_name("not");
      value = test(std::move(value));
      if (negated) value = make(Expression::logic_not, "", std::move(value));
    } else if (is("(")) {
      auto call = make(Expression::call, "", std::move(value));
      call->arguments = arguments();
      value = std::move(call);
    } else {
      return value;
    }
  }
}

ExpressionPtr ExpressionParser::test(ExpressionPtr value) {
  std::string name = is("==") ? take().text : expect_name();
  if (!has_test(name)) fail("there is no test \"" + name + "\"");
  auto made = make(Expression::test, name, std::move(value));
  static const std::vector<std::string> kNoArgument = {"else", "or",  "and", "is",
                                                       "if",   "not", "in"};
  bool value_follows =
      now().kind == TokenKind::text || now().kind == TokenKind::integer ||
      now().kind == TokenKind::real || is("[") || is("{") ||
      (now().kind == TokenKind::name &&
       std::find(kNoArgument.begin(), kNoArgument.end(), now().text) == kNoArgument.end());
  if (is("(")) {
    made->arguments = arguments();
  } else if (value_follows) {
    made->arguments.positional.push_back(postfix(primary()));
  }
  return made;
}

}  // namespace loom::jinja
