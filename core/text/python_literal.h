// Python's literals as data: strings in either quotes with escapes, numbers, True, False, None,
// lists, tuples, and dictionaries with text keys. Nothing is evaluated. Some data sets keep records
// that way, some models answer in it, and some programs keep their prompts in it.
#pragma once

#include <nlohmann/json.hpp>
#include <string_view>

#include "core/base/result.h"

namespace loom {

// One literal with nothing but white space around it. The error says where it breaks off.
Result<nlohmann::json> parse_python_literal(std::string_view text, size_t deepest = 32);
// The literal that begins at `at` of a program's text; `at` becomes the place behind it. As in a
// program a line ends it unless a bracket is open, and what is no whole character is refused.
Result<nlohmann::json> read_python_literal(std::string_view text, size_t& at, size_t deepest = 32);

}  // namespace loom
