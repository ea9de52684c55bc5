// Numbers and escapes within texts, as Jinja's lexer and Python read them.
#pragma once

#include <string>

namespace loom::jinja {

struct Literal {
  std::string text;               // decimal digits, or what the escape stands for
  size_t end = 0;                 // where the source goes on
  bool real = false;              // has a fraction or an exponent
  const char* problem = nullptr;  // why it cannot be read
};
Literal number_at(const std::string& source, size_t at);
Literal escape_at(const std::string& source, size_t at);  // behind the backslash

}  // namespace loom::jinja
