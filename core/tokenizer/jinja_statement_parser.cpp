#include "core/tokenizer/jinja_statement_parser.h"

#include <algorithm>
#include <utility>

namespace loom::jinja {

void StatementParser::if_statement(Statement& made) {
  made.kind = Statement::if_block;
  made.parts.push_back(expression_or_tuple());
  begin_body();
  for (;;) {
    made.bodies.push_back(body({"elif", "else", "endif"}));
    const std::string next = take().text;
    if (next == "elif") made.parts.push_back(expression_or_tuple());
    if (next == "endif") return expect_end();
    begin_body();
    if (next == "else") return close(made, "endif");
  }
}

void StatementParser::for_statement(Statement& made) {
  made.kind = Statement::for_block;
  made.targets.push_back(targets(false));
  const Expression& target = *made.targets[0];
  if (target.kind == Expression::name && target.text == "loop")
    fail("a loop's own name cannot be its target");
  if (!accept_name("in")) fail("expected in");
  auto iterable = logic_or();
  if (is(",")) {
    auto tuple = make(Expression::tuple);
    tuple->parts.push_back(std::move(iterable));
    while (accept(",")) {
      if (now().kind == TokenKind::block_end) break;
      tuple->parts.push_back(logic_or());
    }
    iterable = std::move(tuple);
  }
  made.parts.push_back(std::move(iterable));
  if (accept_name("if")) made.condition = expression();
  made.recursive = accept_name("recursive");
  begin_body();
  ++loops_;
  made.bodies.push_back(body({"else", "endfor"}));
  --loops_;
  const std::string next = take().text;
  if (next == "endfor") return expect_end();
  begin_body();
  close(made, "endfor");
}

void StatementParser::set_statement(Statement& made) {
  made.targets.push_back(targets(true));
  if (accept("=")) {
    made.kind = Statement::set;
    made.parts.push_back(expression_or_tuple());
    return expect_end();
  }
  made.kind = Statement::set_block;
  // Filters of the block stand as a chain on a literal that the body's text replaces.
  auto chain = make(Expression::literal);
  while (is("|")) chain = filter(std::move(chain));
  made.parts.push_back(std::move(chain));
  begin_body();
  close(made, "endset");
}

void StatementParser::function_body(Statement& made, const char* end) {
  const unsigned outer = std::exchange(special_, 0u);
  close_function(made, end);
  made.special = special_;
  special_ |= outer;
  const auto caller = std::find(made.parameters.begin(), made.parameters.end(), "caller");
  const bool with_default =
      made.parameters.end() - caller <= static_cast<long>(made.defaults.size());
  if (caller != made.parameters.end() && (made.special & uses_caller) && !with_default)
    fail("the parameter \"caller\" needs a default");
}

void StatementParser::macro_statement(Statement& made) {
  made.kind = Statement::macro;
  made.text = new_name();
  parameters(made);
  begin_body();
  function_body(made, "endmacro");
}

void StatementParser::call_statement(Statement& made) {
  made.kind = Statement::call_block;
  made.text = "caller";
  if (is("(")) parameters(made);
  made.parts.push_back(expression());
  if (made.parts[0]->kind != Expression::call) fail("expected a call");
  begin_body();
  function_body(made, "endcall");
}

void StatementParser::filter_statement(Statement& made) {
  made.kind = Statement::filter_block;
  auto chain = named_filter(make(Expression::literal));
  while (is("|")) chain = filter(std::move(chain));
  made.parts.push_back(std::move(chain));
  begin_body();
  close(made, "endfilter");
}

void StatementParser::with_statement(Statement& made) {
  made.kind = Statement::with_block;
  while (now().kind != TokenKind::block_end && !is(":")) {
    made.targets.push_back(targets(false));
    expect("=");
    made.parts.push_back(expression());
    if (!accept(",")) break;
  }
  begin_body();
  close(made, "endwith");
}

void StatementParser::named_block(Statement& made) {
  made.kind = Statement::named_block;
  made.text = expect_name();
  made.scoped = accept_name("scoped");
  made.required = accept_name("required");
  if (!block_names_.insert(made.text).second)
    fail("the block \"" + made.text + "\" is there twice");
  begin_body();
  const int outer = std::exchange(loops_, 0);
  made.bodies.push_back(body({"endblock"}));
  loops_ = outer;
  take();
  accept_name(made.text.c_str());
  expect_end();
}

void StatementParser::print_statement(Statement& made) {
  made.kind = Statement::output;
  while (now().kind != TokenKind::block_end) {
    made.parts.push_back(expression());
    if (!accept(",")) break;
  }
  expect_end();
}

// Beyond a loop there is nothing to leave: a fault of the template, whether or not it comes there.
void StatementParser::loop_control(const std::string& name, Statement& made) {
  if (loops_ == 0) fail(name + " stands outside of a loop");
  made.kind = name == "break" ? Statement::break_loop : Statement::continue_loop;
  expect_end();
}

// A template reads no other; one that could is refused where it does.
void StatementParser::other_template(const std::string& name, Statement& made) {
  made.kind = Statement::unavailable;
  made.text = name;
  expression();
  while (now().kind != TokenKind::block_end && now().kind != TokenKind::end) take();
  expect_end();
}

}  // namespace loom::jinja
