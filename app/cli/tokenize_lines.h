// Many documents through one tokenizer: a document a line in, its ids a line out, so that a program
// may ask again and again without starting a process for each.
#pragma once

#include <istream>
#include <ostream>
#include <string>

#include "core/tokenizer/tokenizer.h"

namespace loom::cli {

// A line is a JSON string, {"text": "..."} or, for bytes that are no UTF-8, {"base64": "..."}.
// Writes {"count": N, "ids": [...]} and flushes before it reads the next one. Errors name the line.
Status tokenize_lines(const Tokenizer& tokenizer, bool with_special, std::istream& in,
                      const std::string& name, std::ostream& out);

}  // namespace loom::cli
