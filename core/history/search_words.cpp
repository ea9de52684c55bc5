#include "core/history/search_words.h"

#include "core/text/character_class.h"
#include "core/text/utf8.h"

namespace loom {
namespace {

bool separates(uint32_t code_point) {
  CharacterClass kind = character_class(code_point);
  return kind != CharacterClass::letter && kind != CharacterClass::number &&
         kind != CharacterClass::mark;
}

}  // namespace

std::string index_words(std::string_view text) {
  std::string words;
  words.reserve(text.size() + text.size() / 8);
  for (size_t at = 0; at < text.size();) {
    CodePoint point = decode_utf8(text, at);
    bool han = is_han(point.value);
    if (han) words += ' ';
    words.append(text.substr(at, point.bytes));
    if (han) words += ' ';
    at += point.bytes;
  }
  return words;
}

std::string match_query(std::string_view typed) {
  std::string query, word;
  auto close = [&] {
    if (!word.empty()) query += (query.empty() ? "\"" : " \"") + word + '"';
    word.clear();
  };
  for (size_t at = 0; at < typed.size();) {
    CodePoint point = decode_utf8(typed, at);
    if (is_han(point.value)) close();
    if (!separates(point.value)) word.append(typed.substr(at, point.bytes));
    if (separates(point.value) || is_han(point.value)) close();
    at += point.bytes;
  }
  bool unfinished = !word.empty();
  close();
  if (unfinished) query += '*';
  return query;
}

std::string like_pattern(std::string_view typed) {
  std::string pattern = "%";
  for (char c : typed) {
    if (c == '%' || c == '_' || c == '\\') pattern += '\\';
    pattern += c;
  }
  return pattern + '%';
}

}  // namespace loom
