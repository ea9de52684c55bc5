#include "core/tokenizer/jinja_parser.h"

#include <algorithm>

#include "core/tokenizer/jinja_lexer.h"

namespace loom::jinja {
namespace {

constexpr int kDeepest = 200;
constexpr int kLongestChain = 400;  // a + b + c …, which nests to the left

class Parser {
 public:
  explicit Parser(const std::string& source) : tokens_(tokenize(source)) {}

  Block run() {
    Block block = body({});
    if (now().kind != TokenKind::end) fail("unexpected " + now().text);
    return block;
  }

 private:
  const Token& now() const { return tokens_[at_]; }
  const Token& peek(size_t n = 1) const { return tokens_[std::min(at_ + n, tokens_.size() - 1)]; }
  Token take() { return tokens_[at_ < tokens_.size() - 1 ? at_++ : at_]; }
  bool is(const char* symbol) const { return now().kind == TokenKind::symbol && now().text == symbol; }
  bool is_name(const char* name) const { return now().kind == TokenKind::name && now().text == name; }
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
  ExpressionPtr make(Expression::Kind kind, std::string text, ExpressionPtr a, ExpressionPtr b = nullptr) const {
    auto expression = make(kind, std::move(text));
    expression->height = a->height + 1;
    if (expression->height > kLongestChain) fail("an expression is too long");
    expression->parts.push_back(std::move(a));
    if (b) expression->parts.push_back(std::move(b));
    return expression;
  }

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

  ExpressionPtr expression_or_tuple() {
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

  ExpressionPtr expression() {
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

  ExpressionPtr logic_or() {
    auto left = logic_and();
    while (accept_name("or")) left = make(Expression::logic_or, "", std::move(left), logic_and());
    return left;
  }
  ExpressionPtr logic_and() {
    auto left = logic_not();
    while (accept_name("and")) left = make(Expression::logic_and, "", std::move(left), logic_not());
    return left;
  }
  ExpressionPtr logic_not() {
    if (!accept_name("not")) return comparison();
    if (++depth_ > kDeepest) fail("nested too deeply");
    auto inner = logic_not();
    --depth_;
    return make(Expression::logic_not, "", std::move(inner));
  }

  ExpressionPtr comparison() {
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

  ExpressionPtr sum() {
    auto left = concatenation();
    while (is("+") || is("-")) {
      std::string op = take().text;
      left = make(Expression::binary, op, std::move(left), concatenation());
    }
    return left;
  }
  ExpressionPtr concatenation() {
    auto left = product();
    while (accept("~")) left = make(Expression::binary, "~", std::move(left), product());
    return left;
  }
  ExpressionPtr product() {
    auto left = power();
    while (is("*") || is("/") || is("//") || is("%")) {
      std::string op = take().text;
      left = make(Expression::binary, op, std::move(left), power());
    }
    return left;
  }
  ExpressionPtr power() {
    auto left = unary(true);
    while (accept("**")) left = make(Expression::binary, "**", std::move(left), unary(true));
    return left;
  }

  ExpressionPtr unary(bool with_filters) {
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

  ExpressionPtr primary() {
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
      case TokenKind::real: return literal(std::strtod(token.text.c_str(), nullptr));
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
      default: break;
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

  ExpressionPtr parenthesis() {
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

  ExpressionPtr postfix(ExpressionPtr value) {
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

  ExpressionPtr subscript(ExpressionPtr value) {
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

  CallArguments arguments() {
    CallArguments result;
    expect("(");
    while (!is(")")) {
      if (accept("**")) {
        result.double_star = expression();
      } else if (accept("*")) {
        result.star = expression();
      } else if (now().kind == TokenKind::name && peek().kind == TokenKind::symbol && peek().text == "=") {
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

  ExpressionPtr named_filter(ExpressionPtr value) {
    std::string name = expect_name();
    if (!has_filter(name)) fail("there is no filter \"" + name + "\"");
    auto made = make(Expression::filter, name, std::move(value));
    if (is("(")) made->arguments = arguments();
    return made;
  }
  ExpressionPtr filter(ExpressionPtr value) {
    expect("|");
    return named_filter(std::move(value));
  }

  ExpressionPtr filters_and_tests(ExpressionPtr value) {
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

  ExpressionPtr test(ExpressionPtr value) {
    std::string name = is("==") ? take().text : expect_name();
    if (!has_test(name)) fail("there is no test \"" + name + "\"");
    auto made = make(Expression::test, name, std::move(value));
    static const std::vector<std::string> kNoArgument = {"else", "or", "and", "is", "if", "not", "in"};
    bool value_follows = now().kind == TokenKind::text || now().kind == TokenKind::integer || now().kind == TokenKind::real ||
                         is("[") || is("{") ||
                         (now().kind == TokenKind::name &&
                          std::find(kNoArgument.begin(), kNoArgument.end(), now().text) == kNoArgument.end());
    if (is("(")) {
      made->arguments = arguments();
    } else if (value_follows) {
      made->arguments.positional.push_back(postfix(primary()));
    }
    return made;
  }

  std::vector<Token> tokens_;
  size_t at_ = 0;
  int depth_ = 0;
};

}  // namespace

Block parse(const std::string& source) { return Parser(source).run(); }

}  // namespace loom::jinja
