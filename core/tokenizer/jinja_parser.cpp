#include "core/tokenizer/jinja_parser.h"

#include <algorithm>

#include "core/tokenizer/jinja_statement_parser.h"

namespace loom::jinja {

Block StatementParser::run() {
  Block block = body({});
  if (now().kind != TokenKind::end) fail("unexpected " + now().text);
  return block;
}

Block StatementParser::body(const std::vector<std::string>& ends) {
  if (++depth_ > kDeepest) fail("nested too deeply");
  Block block;
  for (;;) {
    if (now().kind == TokenKind::end) {
      if (!ends.empty()) fail("expected " + ends.front());
      break;
    }
    if (now().kind == TokenKind::block_begin && peek().kind == TokenKind::name &&
        std::find(ends.begin(), ends.end(), peek().text) != ends.end()) {
      take();
      break;
    }
    block.push_back(statement());
  }
  --depth_;
  return block;
}

std::unique_ptr<Statement> StatementParser::statement() {
  auto made = std::make_unique<Statement>();
  made->line = now().line;
  Token token = take();
  if (token.kind == TokenKind::data) {
    made->kind = Statement::data;
    made->text = token.text;
    return made;
  }
  if (token.kind == TokenKind::variable_begin) {
    made->kind = Statement::output;
    made->parts.push_back(expression_or_tuple());
    if (now().kind != TokenKind::variable_end) fail("unexpected '" + now().text + "'");
    take();
    return made;
  }
  if (token.kind != TokenKind::block_begin) fail("unexpected token");
  block_statement(expect_name(), *made);
  return made;
}

void StatementParser::block_statement(const std::string& name, Statement& made) {
  if (name == "if") return if_statement(made);
  if (name == "for") return for_statement(made);
  if (name == "set") return set_statement(made);
  if (name == "macro") return macro_statement(made);
  if (name == "call") return call_statement(made);
  if (name == "filter") return filter_statement(made);
  if (name == "with") return with_statement(made);
  if (name == "block") return named_block(made);
  if (name == "print") return print_statement(made);
  if (name == "generation") {
    made.kind = Statement::generation;
    begin_body();
    return close_function(made, "endgeneration");
  }
  if (name == "autoescape") {
    made.kind = Statement::escape_block;
    made.parts.push_back(expression());
    begin_body();
    return close(made, "endautoescape");
  }
  if (name == "break" || name == "continue") return loop_control(name, made);
  if (name == "include" || name == "import" || name == "from" || name == "extends")
    return other_template(name, made);
  fail("the tag \"" + name + "\" is not known");
}

void StatementParser::begin_body() {
  accept(":");
  expect_end();
}

void StatementParser::close(Statement& made, const char* end) {
  made.bodies.push_back(body({end}));
  take();
  expect_end();
}

void StatementParser::close_function(Statement& made, const char* end) {
  const int outer = loops_;
  loops_ = 0;
  close(made, end);
  loops_ = outer;
}

std::string StatementParser::new_name() {
  std::string name = expect_name();
  for (const char* constant : {"true", "True", "false", "False", "none", "None"})
    if (name == constant) fail("nothing can be assigned to \"" + name + "\"");
  return name;
}

ExpressionPtr StatementParser::target(bool with_namespace) {
  if (++depth_ > kDeepest) fail("nested too deeply");
  ExpressionPtr made;
  if (accept("(")) {
    made = targets(with_namespace);
    expect(")");
  } else {
    made = make(Expression::name, new_name());
    if (with_namespace && accept("."))
      made = make(Expression::attribute, expect_name(), std::move(made));
  }
  --depth_;
  return made;
}

ExpressionPtr StatementParser::targets(bool with_namespace) {
  auto first = target(with_namespace);
  if (!is(",")) return first;
  auto tuple = make(Expression::tuple);
  tuple->parts.push_back(std::move(first));
  while (accept(",")) {
    if (is(")") || is_name("in") || now().kind == TokenKind::block_end) break;
    tuple->parts.push_back(target(with_namespace));
  }
  return tuple;
}

void StatementParser::parameters(Statement& made) {
  expect("(");
  while (!is(")")) {
    const std::string name = new_name();
    if (std::find(made.parameters.begin(), made.parameters.end(), name) != made.parameters.end())
      fail("the parameter \"" + name + "\" is there twice");
    made.parameters.push_back(name);
    if (accept("=")) {
      made.defaults.push_back(expression());
    } else if (!made.defaults.empty()) {
      fail("a parameter without a default follows one with");
    }
    if (!accept(",")) break;
  }
  expect(")");
}

Block parse(const std::string& source) {
  return StatementParser(source).run();
}

}  // namespace loom::jinja
