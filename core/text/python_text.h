// Text as the reference scorers cut it. They are written in Python, whose white space and word
// characters differ from Unicode's properties at the edges.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace loom {

// str.isspace(): Unicode's white space and the separators U+001C to U+001F.
bool is_python_space(uint32_t code_point);
// \w of Python's re: letters, numbers and the underscore; marks are not among them.
bool is_python_word(uint32_t code_point);
// The value of a decimal digit of any script, which is what \d of Python's re finds; -1: none.
int python_digit(uint32_t code_point);
// str.split() without arguments. Views into `text`.
std::vector<std::string_view> split_at_spaces(std::string_view text);
std::string_view strip_spaces(std::string_view text);  // str.strip()
// str.lower(): as lower_case, but plain ASCII is done in place of ICU.
std::string python_lower(std::string_view text);
// Broken sequences become U+FFFD.
std::u32string to_code_points(std::string_view text);
std::string to_utf8(std::u32string_view text);

// A pattern of str.format as plain text with {gaps}: doubled braces stand for one.
std::string single_braces(std::string_view pattern);

}  // namespace loom
