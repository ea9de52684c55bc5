// Lines no longer than a width, as Python's textwrap breaks them.
#include <algorithm>

#include "core/text/utf8.h"
#include "core/tokenizer/jinja_filters.h"
#include "core/tokenizer/jinja_text.h"

namespace loom::jinja {
namespace {

using LinePoints = std::vector<uint32_t>;

bool blank(uint32_t c) {
  return c == ' ' || (c >= 0x09 && c <= 0x0D);
}
bool letter(uint32_t c) {
  return is_word(c) && !is_decimal(c);
}
bool before_dash(uint32_t c) {
  return is_word(c) || (c < 0x80 && std::string_view("!\"'&.,?").find(static_cast<char>(c)) !=
                                        std::string_view::npos);
}

std::string text_of(const LinePoints& points) {
  std::string out;
  for (uint32_t c : points) append_utf8(out, c);
  return out;
}

class Chunks {
 public:
  Chunks(const LinePoints& points, bool hyphens) : points_(points), hyphens_(hyphens) {}

  std::vector<LinePoints> run() {
    std::vector<LinePoints> chunks;
    for (size_t at = 0; at < points_.size();) {
      const size_t end = end_of(at);
      chunks.emplace_back(points_.begin() + static_cast<long>(at),
                          points_.begin() + static_cast<long>(end));
      at = end;
    }
    return chunks;
  }

 private:
  uint32_t at(size_t i) const { return i < points_.size() ? points_[i] : ' '; }

  // Two hyphens or more between words; where they end, or 0.
  size_t dash(size_t i) const {
    size_t end = i;
    while (end < points_.size() && points_[end] == '-') ++end;
    return i > 0 && end - i >= 2 && end < points_.size() && before_dash(points_[i - 1]) &&
                   is_word(points_[end])
               ? end
               : 0;
  }
  // A word may break behind the hyphen at i.
  bool breaks_behind(size_t i, size_t begin) const {
    if (points_[i] != '-' || i <= begin) return false;
    const bool two = i >= 2 && letter(at(i - 1)) && letter(at(i - 2));
    const bool third = i >= 3 && letter(at(i - 1)) && at(i - 2) == '-' && letter(at(i - 3));
    if (!two && !third) return false;
    size_t next = i + 1;
    if (next >= points_.size() || !letter(points_[next])) return false;
    ++next;
    if (next < points_.size() && points_[next] == '-') ++next;
    return next < points_.size() && letter(points_[next]);
  }
  size_t end_of(size_t begin) const {
    size_t end = begin;
    if (blank(points_[begin])) {
      while (end < points_.size() && blank(points_[end])) ++end;
      return end;
    }
    if (!hyphens_) {
      while (end < points_.size() && !blank(points_[end])) ++end;
      return end;
    }
    if (const size_t behind = dash(begin)) return behind;
    for (end = begin + 1; end < points_.size() && !blank(points_[end]) && !dash(end); ++end)
      if (breaks_behind(end, begin)) return end + 1;
    return end;
  }

  const LinePoints& points_;
  bool hyphens_;
};

}  // namespace

std::vector<std::string> wrap_line(const std::string& line, int64_t given, bool break_long,
                                   bool break_hyphens) {
  LinePoints points;
  for_each_point(line, [&](uint32_t c) { points.push_back(c); });
  spend(points.size() / 8);
  std::vector<LinePoints> chunks = Chunks(points, break_hyphens).run();
  std::reverse(chunks.begin(), chunks.end());
  const auto width = static_cast<size_t>(given);
  std::vector<std::string> lines;
  while (!chunks.empty()) {
    LinePoints current;
    if (!lines.empty() && blank(chunks.back()[0])) chunks.pop_back();
    std::vector<LinePoints> parts;
    while (!chunks.empty() && current.size() + chunks.back().size() <= width) {
      current.insert(current.end(), chunks.back().begin(), chunks.back().end());
      parts.push_back(std::move(chunks.back()));
      chunks.pop_back();
    }
    if (!chunks.empty() && chunks.back().size() > width) {
      LinePoints& longest = chunks.back();
      if (break_long) {
        size_t end = std::min(width - current.size(), longest.size());
        // Rather behind a hyphen that has something else before it.
        if (break_hyphens && longest.size() > end)
          for (size_t k = end; k > 1; --k)
            if (longest[k - 1] == '-') {
              const bool other =
                  std::any_of(longest.begin(), longest.begin() + static_cast<long>(k - 1),
                              [](uint32_t c) { return c != '-'; });
              if (other) end = k;
              break;
            }
        parts.emplace_back(longest.begin(), longest.begin() + static_cast<long>(end));
        longest.erase(longest.begin(), longest.begin() + static_cast<long>(end));
      } else if (parts.empty()) {
        parts.push_back(std::move(longest));
        chunks.pop_back();
      }
    }
    if (!parts.empty() && (parts.back().empty() || blank(parts.back()[0]))) parts.pop_back();
    std::string text;
    for (const LinePoints& part : parts) text += text_of(part);
    if (!parts.empty()) lines.push_back(std::move(text));
  }
  return lines;
}

}  // namespace loom::jinja
