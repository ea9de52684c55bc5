// Template source to tokens, with Jinja's rules for white space: trim_blocks and lstrip_blocks on,
// "-" strips, "+" switches the rules off for one tag, one line end at the very end is dropped.
#pragma once

#include <string>
#include <vector>

namespace loom::jinja {

enum class TokenKind {
  data,
  variable_begin,
  variable_end,
  block_begin,
  block_end,
  name,
  text,
  integer,
  real,
  symbol,
  end
};
struct Token {
  TokenKind kind;
  std::string text;
  size_t line = 1;
};
std::vector<Token> tokenize(const std::string& source);

}  // namespace loom::jinja
