#include "core/benchmarks/book_window.h"

#include <algorithm>
#include <cmath>
#include <span>

#include "core/text/utf8.h"

namespace loom {

BookWindow::BookWindow(const Tokenizer& tokenizer, const std::string& text)
    : tokenizer_(tokenizer), ids_(tokenizer.encode(text)) {
  line_ends_.push_back(0);
  std::vector<char> known;  // 0: not asked yet, 1: none, 2: holds a line end
  for (size_t i = 1; i < ids_.size(); ++i) {
    const auto id = static_cast<size_t>(ids_[i]);
    if (id >= known.size()) known.resize(id + 1, 0);
    if (known[id] == 0)
      known[id] = tokenizer.decode({&ids_[i], 1}, false).find('\n') == std::string::npos ? 1 : 2;
    if (known[id] == 2) line_ends_.push_back(i);
  }
}

std::string BookWindow::text(size_t begin, size_t end) const {
  return repair_utf8(
      tokenizer_.decode(std::span(ids_).subspan(begin, std::max(begin, end) - begin), true));
}

Result<BookWindow::Cut> BookWindow::cut(size_t tokens, double depth) const {
  const double length = static_cast<double>(tokens);
  const auto place =
      std::lower_bound(line_ends_.begin(), line_ends_.end(), depth * (length + 1),
                       [](size_t at, double wanted) { return static_cast<double>(at) < wanted; });
  // nearbyint rounds half to even, as Python does.
  const auto before = static_cast<size_t>(std::nearbyint(length * depth));
  if (place == line_ends_.end() || *place < before || *place - before + tokens > ids_.size())
    return Error{ErrorKind::invalid_input,
                 "the book of " + std::to_string(ids_.size()) + " tokens is too short for " +
                     std::to_string(tokens),
                 "nolima", "Choose a shorter length"};
  const size_t begin = *place - before;
  Cut cut{text(begin, *place + 1), text(*place + 1, begin + tokens)};
  const size_t line_end = cut.before.rfind('\n');
  cut.before.resize(line_end == std::string::npos ? 0 : line_end);
  return cut;
}

}  // namespace loom
