// Expressions of templates, from their tokens. The parser of statements is built on it.
#pragma once

#include <algorithm>

#include "core/tokenizer/jinja_lexer.h"
#include "core/tokenizer/jinja_parser.h"

namespace loom::jinja {

class ExpressionParser {
 protected:
  explicit ExpressionParser(const std::string& source) : tokens_(tokenize(source)) {}

  const Token& now() const { return tokens_[at_]; }
  const Token& peek(size_t n = 1) const { return tokens_[std::min(at_ + n, tokens_.size() - 1)]; }
  Token take() { return tokens_[at_ < tokens_.size() - 1 ? at_++ : at_]; }
  bool is(const char* symbol) const {
    return now().kind == TokenKind::symbol && now().text == symbol;
  }
  bool is_name(const char* name) const {
    return now().kind == TokenKind::name && now().text == name;
  }
  bool accept(const char* symbol) { return is(symbol) ? (take(), true) : false; }
  bool accept_name(const char* name) { return is_name(name) ? (take(), true) : false; }
  [[noreturn]] void fail(const std::string& message) const {
    throw TemplateError(message + " (line " + std::to_string(now().line) + ")");
  }
  void expect(const char* symbol) {
    if (!accept(symbol)) fail(std::string("expected '") + symbol + "'");
  }
  void expect_end() {
    if (now().kind != TokenKind::block_end) fail("expected the end of the tag");
    take();
  }
  std::string expect_name() {
    if (now().kind != TokenKind::name) fail("expected a name");
    return take().text;
  }
  ExpressionPtr make(Expression::Kind kind, std::string text = "") const {
    auto expression = std::make_unique<Expression>();
    expression->kind = kind;
    expression->line = now().line;
    expression->text = std::move(text);
    return expression;
  }
  ExpressionPtr make(Expression::Kind kind, std::string text, ExpressionPtr a,
                     ExpressionPtr b = nullptr) const {
    auto expression = make(kind, std::move(text));
    expression->height = a->height + 1;
    if (expression->height > kLongestChain) fail("an expression is too long");
    expression->parts.push_back(std::move(a));
    if (b) expression->parts.push_back(std::move(b));
    return expression;
  }

  ExpressionPtr expression_or_tuple();
  ExpressionPtr expression();
  ExpressionPtr logic_or();
  ExpressionPtr named_filter(ExpressionPtr value);
  ExpressionPtr filter(ExpressionPtr value);

  static constexpr int kDeepest = 200;
  int depth_ = 0;
  unsigned special_ = 0;  // SpecialName of the names that were read

 private:
  ExpressionPtr logic_and();
  ExpressionPtr logic_not();
  ExpressionPtr comparison();
  ExpressionPtr sum();
  ExpressionPtr concatenation();
  ExpressionPtr product();
  ExpressionPtr power();
  ExpressionPtr unary(bool with_filters);
  ExpressionPtr primary();
  ExpressionPtr parenthesis();
  ExpressionPtr postfix(ExpressionPtr value);
  ExpressionPtr subscript(ExpressionPtr value);
  ExpressionPtr key();
  int64_t whole(const std::string& digits) const;
  double real(const std::string& digits) const;
  CallArguments arguments();
  ExpressionPtr filters_and_tests(ExpressionPtr value);
  ExpressionPtr test(ExpressionPtr value);

  static constexpr int kLongestChain = 400;  // a + b + c …, which nests to the left
  std::vector<Token> tokens_;
  size_t at_ = 0;
};

}  // namespace loom::jinja
