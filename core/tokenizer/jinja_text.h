// Texts as Python's str sees them: places are code points, classes and cases those of Unicode.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/text/utf8.h"
#include "core/tokenizer/jinja_value.h"

namespace loom::jinja {

// Byte offsets of the code points, and of the end.
std::vector<size_t> places(const std::string& text);
int64_t count_points(const std::string& text);
// The part between two places as in text[begin:end].
std::string part_of(const std::string& text, int64_t begin, int64_t end);
std::string padded(const std::string& text, int64_t width, const std::string& fill, char alignment);
std::string strip(const std::string& text, const std::string* characters, bool left, bool right);
std::string replace_all(const std::string& text, const std::string& from, const std::string& to,
                        int64_t most);
std::vector<std::string> split_lines(const std::string& text, bool keep_ends);
std::vector<std::string> split_words(const std::string& text);
std::string unescape_html(const std::string& text);
std::string strip_tags(const std::string& text);

template <typename Visit>
void for_each_point(const std::string& text, Visit visit) {
  for (size_t at = 0; at < text.size();) {
    const CodePoint point = decode_utf8(text, at);
    visit(point.value);
    at += point.bytes;
  }
}

bool is_space(uint32_t c);
bool is_letter(uint32_t c);
bool is_decimal(uint32_t c);
bool is_digit(uint32_t c);
bool is_numeric(uint32_t c);
bool is_word(uint32_t c);  // \w of Python's expressions
bool is_printable(uint32_t c);

// The first character in upper case, the rest in lower case.
std::string upper_first(const std::string& word);
bool all_space(const std::string& text);
std::string title_case(const std::string& text, bool first_only);
std::string swap_case(const std::string& text);
std::string fold_case(const std::string& text);

// The methods, by subject; undefined where there is none of the name.
using TextMethod = Value (*)(const std::string&, const Arguments&);
TextMethod find_search_method(const std::string& name);
TextMethod find_split_method(const std::string& name);
TextMethod find_shape_method(const std::string& name);  // case, padding, stripping
TextMethod find_class_method(const std::string& name);  // isdigit and its like

// An argument, or an error that names it.
const Value& needed(const Arguments& arguments, size_t index, const char* name);
const std::string& needed_text(const Arguments& arguments, size_t index, const char* name);
// No more than so many arguments, none by name.
void check_count(const Arguments& arguments, size_t most);

}  // namespace loom::jinja
