#include "core/tokenizer/jinja_parser.h"

#include <algorithm>

#include "core/tokenizer/jinja_expression_parser.h"

namespace loom::jinja {
namespace {

class Parser : private ExpressionParser {
 public:
  explicit Parser(const std::string& source) : ExpressionParser(source) {}

  Block run() {
    Block block = body({});
    if (now().kind != TokenKind::end) fail("unexpected " + now().text);
    return block;
  }

 private:
  // Statements up to a tag whose name is one of `ends`; the tag's name is left as the next token.
  Block body(const std::vector<std::string>& ends) {
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

  std::unique_ptr<Statement> statement() {
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

  void block_statement(const std::string& name, Statement& made) {
    if (name == "if") return if_statement(made);
    if (name == "for") return for_statement(made);
    if (name == "set") return set_statement(made);
    if (name == "macro") return macro_statement(made);
    if (name == "call") return call_statement(made);
    if (name == "filter") return filter_statement(made);
    if (name == "with") return with_statement(made);
    if (name == "generation") {
      made.kind = Statement::plain_block;
      expect_end();
      return close(made, "endgeneration");
    }
    if (name == "break" || name == "continue") {
      made.kind = name == "break" ? Statement::break_loop : Statement::continue_loop;
      return expect_end();
    }
    fail("the tag \"" + name + "\" is not known");
  }

  void close(Statement& made, const char* end) {
    made.bodies.push_back(body({end}));
    take();
    expect_end();
  }

  void if_statement(Statement& made) {
    made.kind = Statement::if_block;
    made.parts.push_back(expression_or_tuple());
    expect_end();
    for (;;) {
      made.bodies.push_back(body({"elif", "else", "endif"}));
      std::string next = take().text;
      if (next == "elif") made.parts.push_back(expression_or_tuple());
      expect_end();
      if (next == "endif") return;
      if (next == "else") return close(made, "endif");
    }
  }

  void for_statement(Statement& made) {
    made.kind = Statement::for_block;
    do {
      if (is("(")) {
        take();
        do made.targets.push_back(make(Expression::name, expect_name()));
        while (accept(",") && !is(")"));
        expect(")");
      } else {
        made.targets.push_back(make(Expression::name, expect_name()));
      }
    } while (accept(",") && !is_name("in"));
    if (!accept_name("in")) fail("expected in");
    auto iterable = logic_or();
    if (is(",")) {
      auto tuple = make(Expression::tuple);
      tuple->parts.push_back(std::move(iterable));
      while (accept(",")) tuple->parts.push_back(logic_or());
      iterable = std::move(tuple);
    }
    made.parts.push_back(std::move(iterable));
    if (accept_name("if")) made.condition = expression();
    made.recursive = accept_name("recursive");
    expect_end();
    made.bodies.push_back(body({"else", "endfor"}));
    std::string next = take().text;
    expect_end();
    if (next == "else") close(made, "endfor");
  }

  void set_statement(Statement& made) {
    do {
      auto target = make(Expression::name, expect_name());
      if (accept(".")) target = make(Expression::attribute, expect_name(), std::move(target));
      made.targets.push_back(std::move(target));
    } while (accept(","));
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
    expect_end();
    close(made, "endset");
  }

  void parameters(Statement& made) {
    expect("(");
    while (!is(")")) {
      made.parameters.push_back(expect_name());
      if (accept("=")) {
        made.defaults.push_back(expression());
      } else if (!made.defaults.empty()) {
        fail("a parameter without a default follows one with");
      }
      if (!accept(",")) break;
    }
    expect(")");
  }

  void macro_statement(Statement& made) {
    made.kind = Statement::macro;
    made.text = expect_name();
    parameters(made);
    expect_end();
    close(made, "endmacro");
  }

  void call_statement(Statement& made) {
    made.kind = Statement::call_block;
    if (is("(")) parameters(made);
    made.parts.push_back(expression());
    if (made.parts[0]->kind != Expression::call) fail("expected a call");
    expect_end();
    close(made, "endcall");
  }

  void filter_statement(Statement& made) {
    made.kind = Statement::filter_block;
    auto chain = named_filter(make(Expression::literal));
    while (is("|")) chain = filter(std::move(chain));
    made.parts.push_back(std::move(chain));
    expect_end();
    close(made, "endfilter");
  }

  void with_statement(Statement& made) {
    made.kind = Statement::with_block;
    while (now().kind != TokenKind::block_end) {
      made.targets.push_back(make(Expression::name, expect_name()));
      expect("=");
      made.parts.push_back(expression());
      if (!accept(",")) break;
    }
    expect_end();
    close(made, "endwith");
  }
};

}  // namespace

Block parse(const std::string& source) { return Parser(source).run(); }

}  // namespace loom::jinja
