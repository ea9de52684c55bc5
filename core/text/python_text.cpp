#include "core/text/python_text.h"

#include <unicode/uchar.h>

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

int python_digit(uint32_t c) {
  if (c < 0x80) return c >= '0' && c <= '9' ? static_cast<int>(c - '0') : -1;
  return u_charDigitValue(static_cast<UChar32>(c));
}

namespace {

bool is_ascii_space(char c) {
  return static_cast<unsigned char>(c) < 0x80 && is_python_space(static_cast<unsigned char>(c));
}

// ASCII and U+3000 to U+9FFF alone, which have no letters with two cases beyond ASCII.
bool has_ascii_cases_only(std::string_view text) {
  auto follows = [&](size_t at) {
    return at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80;
  };
  for (size_t at = 0; at < text.size();) {
    const auto byte = static_cast<unsigned char>(text[at]);
    if (byte < 0x80) {
      ++at;
    } else if (byte >= 0xE3 && byte <= 0xE9 && follows(at + 1) && follows(at + 2)) {
      at += 3;
    } else {
      return false;
    }
  }
  return true;
}

}  // namespace

std::vector<std::string_view> split_at_spaces(std::string_view text) {
  std::vector<std::string_view> words;
  words.reserve(text.size() / 6 + 1);
  size_t begin = 0;
  for (size_t at = 0; at < text.size();) {
    const auto byte = static_cast<unsigned char>(text[at]);
    if (byte > ' ' && byte < 0x80) {
      ++at;
      continue;
    }
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
  // An ASCII byte is a character wherever it stands, so the ends need no look at the rest.
  while (!text.empty() && is_ascii_space(text.back())) text.remove_suffix(1);
  while (!text.empty() && is_ascii_space(text.front())) text.remove_prefix(1);
  auto ascii = [](char c) { return static_cast<unsigned char>(c) < 0x80; };
  if (text.empty() || (ascii(text.front()) && ascii(text.back()))) return text;
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
  if (!has_ascii_cases_only(text)) return lower_case(text);
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
