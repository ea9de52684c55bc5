// Tokens to a tree.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "core/tokenizer/jinja_value.h"

namespace loom::jinja {

struct Expression;
using ExpressionPtr = std::unique_ptr<Expression>;
struct CallArguments {
  std::vector<ExpressionPtr> positional;
  std::vector<std::pair<std::string, ExpressionPtr>> named;
  ExpressionPtr star, double_star;
};
struct Expression {
  enum Kind {
    literal,
    name,
    list,
    tuple,
    dict,
    attribute,
    subscript,
    slice,
    call,
    filter,
    test,
    unary,
    binary,
    compare,
    logic_and,
    logic_or,
    logic_not,
    conditional
  };
  Kind kind;
  size_t line = 0;
  int height = 1;    // of the chain of first operands below
  Value value;       // literal
  std::string text;  // name, attribute, operator, filter, test
  std::vector<ExpressionPtr> parts;
  std::vector<std::string> operators;  // compare
  CallArguments arguments;
};

struct Statement;
using Block = std::vector<std::unique_ptr<Statement>>;
// Names that a macro has without a parameter, if it uses them.
enum SpecialName : unsigned { uses_caller = 1, uses_kwargs = 2, uses_varargs = 4 };
struct Statement {
  enum Kind {
    data,
    output,
    if_block,
    for_block,
    set,
    set_block,
    macro,
    call_block,
    filter_block,
    generation,
    with_block,
    named_block,
    escape_block,
    unavailable,
    break_loop,
    continue_loop
  };
  Kind kind;
  size_t line = 0;
  std::string text;                  // data; name of a macro, block or unavailable tag
  std::vector<ExpressionPtr> parts;  // output; conditions of if (one per branch, none for else)
  std::vector<Block> bodies;
  std::vector<ExpressionPtr> targets;     // names, attributes of namespaces, tuples of them
  std::vector<std::string> parameters;    // macro, call block
  std::vector<ExpressionPtr> defaults;    // aligned to the last parameters
  ExpressionPtr condition;                // of a for loop
  unsigned special = 0;                   // SpecialName of a macro or call block
  bool recursive = false;                 // for
  bool scoped = false, required = false;  // named block
};

Block parse(const std::string& source);

}  // namespace loom::jinja
