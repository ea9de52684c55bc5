#include "core/metrics/citation_marks.h"

#include <algorithm>

#include "core/metrics/answer_text.h"

namespace loom {
namespace {

// Deletes "[" and the digits behind it, with one space before it when `spaced`.
std::string without_marks(const std::string& text, bool spaced) {
  std::string result;
  for (size_t at = 0; at < text.size();) {
    const size_t open = at + (spaced && text[at] == ' ' ? 1 : 0);
    size_t end = open + 1;
    while (end < text.size() && is_ascii_digit(text[end])) ++end;
    const bool mark = open < text.size() && text[open] == '[' && end > open + 1;
    if (mark && (!spaced || open > at)) {
      at = end;
    } else {
      result += text[at++];
    }
  }
  return result;
}

}  // namespace

std::vector<int64_t> cited_numbers(std::string_view text) {
  std::vector<int64_t> numbers;
  for (size_t at = text.find('['); at != std::string_view::npos; at = text.find('[', at + 1)) {
    int64_t number = 0;
    size_t end = at + 1;
    while (end < text.size() && is_ascii_digit(text[end]) && end < at + 10)
      number = 10 * number + (text[end++] - '0');
    if (end > at + 1) numbers.push_back(number);
  }
  return numbers;
}

std::string without_citations(const std::string& text) {
  std::string plain = without_marks(without_marks(text, true), false);
  for (size_t at = plain.find(" |"); at != std::string::npos; at = plain.find(" |", at))
    plain.erase(at, 2);
  std::erase(plain, ']');
  return plain;
}

}  // namespace loom
