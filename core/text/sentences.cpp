#include "core/text/sentences.h"

namespace loom {
namespace {

bool is_space(char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r'; }

bool is_initial(std::string_view text, size_t dot) {
  if (text[dot] != '.' || dot == 0) return false;
  bool capital = text[dot - 1] >= 'A' && text[dot - 1] <= 'Z';
  return capital && (dot == 1 || is_space(text[dot - 2]) || text[dot - 2] == '.');
}

// Bytes of the closing quote or bracket at `at`, 0 when there is none.
size_t closer(std::string_view text, size_t at) {
  if (at >= text.size()) return 0;
  if (text[at] == '"' || text[at] == '\'' || text[at] == ')' || text[at] == ']') return 1;
  for (std::string_view quote : {"\u201d", "\u2019", "\u300d"})
    if (text.substr(at, quote.size()) == quote) return quote.size();
  return 0;
}

}  // namespace

std::vector<std::string_view> split_sentences(std::string_view text) {
  std::vector<std::string_view> sentences;
  size_t begin = 0, at = 0;
  auto close = [&](size_t end) {
    while (begin < end && is_space(text[begin])) ++begin;
    if (begin < end) sentences.push_back(text.substr(begin, end - begin));
    begin = end;
  };
  while (at < text.size()) {
    bool wide = false;
    size_t mark = 0;
    if (text[at] == '.' || text[at] == '!' || text[at] == '?') mark = is_initial(text, at) ? 0 : 1;
    for (std::string_view stop : {"\u3002", "\uff01", "\uff1f"})
      if (text.substr(at, 3) == stop) mark = 3, wide = true;
    if (mark == 0) {
      ++at;
      continue;
    }
    at += mark;
    for (size_t bytes = closer(text, at); bytes > 0; bytes = closer(text, at)) at += bytes;
    if (wide || at >= text.size() || is_space(text[at])) close(at);
  }
  close(text.size());
  return sentences;
}

std::vector<std::string_view> split_words(std::string_view text) {
  std::vector<std::string_view> words;
  for (size_t at = 0; at < text.size();) {
    while (at < text.size() && is_space(text[at])) ++at;
    size_t begin = at;
    while (at < text.size() && !is_space(text[at])) ++at;
    if (at > begin) words.push_back(text.substr(begin, at - begin));
  }
  return words;
}

}  // namespace loom
