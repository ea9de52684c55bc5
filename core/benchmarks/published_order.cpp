// Published prompts of text order, taken apart.
#include <array>

#include "core/benchmarks/story_source.h"
#include "core/benchmarks/text_source.h"
#include "core/text/sentences.h"

namespace loom {
namespace {

constexpr std::array<std::string_view, 6> kMarks = {
    "Before:", "Part 1:", "Part 2:", "Part 3:", "Part 4:", "After:"};

// Where a line begins with the mark, spaces before it allowed; npos: nowhere.
size_t find_mark(const std::string& prompt, std::string_view mark, size_t from) {
  for (size_t at = prompt.find(mark, from); at != std::string::npos;
       at = prompt.find(mark, at + 1)) {
    size_t begin = at;
    while (begin > 0 && prompt[begin - 1] == ' ') --begin;
    if (begin == 0 || prompt[begin - 1] == '\n') return at;
  }
  return std::string::npos;
}

}  // namespace

std::string text_of_prompt(const std::string& prompt, const std::vector<int>& order) {
  std::array<size_t, kMarks.size()> begins{};
  // The instruction shows the marks once before the text has them.
  size_t first = find_mark(prompt, kMarks[0], 0);
  for (size_t next = first; next != std::string::npos;
       next = find_mark(prompt, kMarks[0], next + 1)) {
    if (find_mark(prompt, kMarks.back(), next) == std::string::npos) break;
    first = next;
  }
  if (first == std::string::npos) return "";
  begins[0] = first;
  for (size_t i = 1; i < kMarks.size(); ++i) {
    begins[i] = find_mark(prompt, kMarks[i], begins[i - 1]);
    if (begins[i] == std::string::npos) return "";
  }
  auto part = [&](size_t i) {
    const size_t begin = begins[i] + kMarks[i].size();
    const size_t end = i + 1 < kMarks.size() ? begins[i + 1] : prompt.size();
    return trimmed_ends(prompt.substr(begin, end - begin));
  };
  std::string text = part(0);
  for (int shown : order) {
    if (shown < 1 || shown > 4) return "";
    text += "\n\n" + part(static_cast<size_t>(shown));
  }
  return text + "\n\n" + part(kMarks.size() - 1);
}

std::vector<std::string> split_paragraphs(const std::string& text) {
  std::vector<std::string> paragraphs(1);
  for (size_t at = 0; at < text.size();) {
    const size_t end = std::min(text.find('\n', at), text.size());
    const auto words = split_words(std::string_view(text).substr(at, end - at));
    if (words.empty() && !paragraphs.back().empty()) paragraphs.emplace_back();
    for (std::string_view word : words)
      (paragraphs.back() += paragraphs.back().empty() ? "" : " ") += word;
    at = end + 1;
  }
  if (paragraphs.back().empty()) paragraphs.pop_back();
  return paragraphs;
}

}  // namespace loom
