#include "core/text/python_text.h"

#include <algorithm>

#include "core/text/character_class.h"
#include "core/text/normalise.h"
#include "core/text/utf8.h"

namespace loom {

bool is_python_space(uint32_t c) {
  if (c < 0x80) return (c >= 9 && c <= 13) || (c >= 0x1C && c <= 0x20);
  return character_class(c) == CharacterClass::space;
}

bool is_python_word(uint32_t c) {
  if (c < 0x80)
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
  CharacterClass kind = character_class(c);
  return kind == CharacterClass::letter || kind == CharacterClass::number;
}

std::vector<std::string_view> split_at_spaces(std::string_view text) {
  std::vector<std::string_view> words;
  size_t begin = 0;
  for (size_t at = 0; at < text.size();) {
    auto byte = static_cast<unsigned char>(text[at]);
    CodePoint point = byte < 0x80 ? CodePoint{byte, 1, true} : decode_utf8(text, at);
    if (is_python_space(point.value)) {
      if (at > begin) words.push_back(text.substr(begin, at - begin));
      begin = at + point.bytes;
    }
    at += point.bytes;
  }
  if (text.size() > begin) words.push_back(text.substr(begin));
  return words;
}

std::string_view strip_spaces(std::string_view text) {
  size_t begin = text.size(), end = 0;
  for (size_t at = 0; at < text.size();) {
    CodePoint point = decode_utf8(text, at);
    if (!is_python_space(point.value)) {
      begin = std::min(begin, at);
      end = at + point.bytes;
    }
    at += point.bytes;
  }
  return begin < end ? text.substr(begin, end - begin) : std::string_view();
}

std::string python_lower(std::string_view text) {
  bool ascii = std::all_of(text.begin(), text.end(),
                           [](char c) { return static_cast<unsigned char>(c) < 0x80; });
  if (!ascii) return lower_case(text);
  std::string lower(text);
  for (char& c : lower)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
  return lower;
}

std::u32string to_code_points(std::string_view text) {
  std::u32string points;
  points.reserve(text.size());
  for (size_t at = 0; at < text.size();) {
    CodePoint point = decode_utf8(text, at);
    points.push_back(point.value);
    at += point.bytes;
  }
  return points;
}

std::string to_utf8(std::u32string_view text) {
  std::string result;
  result.reserve(text.size());
  for (char32_t c : text) append_utf8(result, c);
  return result;
}

std::string single_braces(std::string_view pattern) {
  std::string plain;
  for (size_t i = 0; i < pattern.size(); ++i) {
    plain += pattern[i];
    const bool brace = pattern[i] == '{' || pattern[i] == '}';
    if (brace && i + 1 < pattern.size() && pattern[i + 1] == pattern[i]) ++i;
  }
  return plain;
}

}  // namespace loom
