// Statements of templates, built on the parser of expressions.
#pragma once

#include <set>

#include "core/tokenizer/jinja_expression_parser.h"

namespace loom::jinja {

class StatementParser : private ExpressionParser {
 public:
  explicit StatementParser(const std::string& source) : ExpressionParser(source) {}
  Block run();

 private:
  // Statements up to a tag whose name is one of `ends`; the tag's name is left as the next token.
  Block body(const std::vector<std::string>& ends);
  std::unique_ptr<Statement> statement();
  void block_statement(const std::string& name, Statement& made);
  void begin_body();
  void close(Statement& made, const char* end);
  // A body that runs as a function of its own: no loop around it can be left from within.
  void close_function(Statement& made, const char* end);
  void function_body(Statement& made, const char* end);  // and the special names it uses

  ExpressionPtr target(bool with_namespace);
  ExpressionPtr targets(bool with_namespace);
  std::string new_name();
  void parameters(Statement& made);

  void if_statement(Statement& made);
  void for_statement(Statement& made);
  void set_statement(Statement& made);
  void macro_statement(Statement& made);
  void call_statement(Statement& made);
  void filter_statement(Statement& made);
  void with_statement(Statement& made);
  void named_block(Statement& made);
  void print_statement(Statement& made);
  void loop_control(const std::string& name, Statement& made);
  void other_template(const std::string& name, Statement& made);

  int loops_ = 0;  // that a break could leave
  std::set<std::string> block_names_;
};

}  // namespace loom::jinja
