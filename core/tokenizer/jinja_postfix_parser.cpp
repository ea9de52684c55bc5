// What follows a value: points, brackets, calls, filters and tests.
#include "core/tokenizer/jinja_expression_parser.h"

namespace loom::jinja {

ExpressionPtr ExpressionParser::postfix(ExpressionPtr value) {
  for (;;) {
    if (accept(".")) {
      if (now().kind == TokenKind::integer) {
        auto key = make(Expression::literal);
        key->value = whole(take().text);
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

// Several keys, or none, are a tuple.
ExpressionPtr ExpressionParser::subscript(ExpressionPtr value) {
  if (!is("]")) {
    ExpressionPtr first = key();
    if (!is(",")) {
      expect("]");
      if (first->kind != Expression::slice)
        return make(Expression::subscript, "", std::move(value), std::move(first));
      first->parts[0] = std::move(value);
      first->height = first->parts[0]->height + 1;
      if (first->height > kLongestChain) fail("an expression is too long");
      return first;
    }
    auto keys = make(Expression::tuple);
    keys->parts.push_back(std::move(first));
    while (accept(",") && !is("]")) keys->parts.push_back(expression());
    for (const auto& part : keys->parts)
      if (part->kind == Expression::slice && !part->parts[0]) fail("a slice among several keys");
    expect("]");
    return make(Expression::subscript, "", std::move(value), std::move(keys));
  }
  expect("]");
  return make(Expression::subscript, "", std::move(value), make(Expression::tuple));
}

// One key, or a slice whose value is still to come.
ExpressionPtr ExpressionParser::key() {
  ExpressionPtr parts[3];
  bool is_slice = false;
  for (int i = 0; i < 3; ++i) {
    if (!is(":") && !is("]") && !is(",")) parts[i] = expression();
    if (!is(":") || i == 2) break;
    take();
    is_slice = true;
  }
  if (!is_slice) {
    if (!parts[0]) fail("expected a key");
    return std::move(parts[0]);
  }
  auto made = make(Expression::slice);
  made->parts.emplace_back();
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
    const bool stars = result.star || result.double_star;
    if (is("**")) {
      if (result.double_star) fail("two dictionaries of values");
      take();
      result.double_star = expression();
    } else if (is("*")) {
      if (stars) fail("two lists of values");
      take();
      result.star = expression();
    } else if (now().kind == TokenKind::name && peek().kind == TokenKind::symbol &&
               peek().text == "=") {
      if (result.double_star) fail("a name follows the dictionary of values");
      std::string name = take().text;
      take();
      for (const auto& [given, value] : result.named)
        if (given == name) fail("the value \"" + name + "\" is given twice");
      result.named.emplace_back(name, expression());
    } else {
      if (stars || !result.named.empty()) fail("a value without a name follows one with");
      result.positional.push_back(expression());
    }
    if (!accept(",")) break;
  }
  expect(")");
  return result;
}

ExpressionPtr ExpressionParser::named_filter(ExpressionPtr value) {
  std::string name = expect_name();
  while (accept(".")) name += "." + expect_name();
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
  std::string name = expect_name();
  auto made = make(Expression::test, name, std::move(value));
  if (is_name("is")) fail("tests cannot follow one another");
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
