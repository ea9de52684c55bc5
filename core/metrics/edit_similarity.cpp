#include "core/metrics/edit_similarity.h"

#include <algorithm>
#include <cmath>
#include <unordered_map>
#include <vector>

#include "core/metrics/common_subsequence.h"
#include "core/text/python_text.h"

namespace loom {
namespace {

struct Range {
  size_t a_begin, a_end, b_begin, b_end;
};

struct Block {
  size_t a, b, size;
};

using Places = std::unordered_map<char32_t, std::vector<size_t>>;

Places places_of(const std::u32string& b) {
  Places places;
  for (size_t i = 0; i < b.size(); ++i) places[b[i]].push_back(i);
  if (b.size() >= 200)
    std::erase_if(places, [&](const auto& one) { return one.second.size() > b.size() / 100 + 1; });
  return places;
}

// The longest run of equal characters in the range, the earliest in a, then in b; grown at both
// ends by equal characters that are junk.
class LongestBlock {
 public:
  LongestBlock(const std::u32string& a, const std::u32string& b)
      : a_(a), b_(b), places_(places_of(b)), lengths_(b.size() + 1, 0), next_(b.size() + 1, 0) {}

  Block find(const Range& range) {
    Block best{range.a_begin, range.b_begin, 0};
    std::vector<size_t> filled, filling;
    for (size_t i = range.a_begin; i < range.a_end; ++i) {
      filling.clear();
      if (auto found = places_.find(a_[i]); found != places_.end()) {
        const auto& list = found->second;
        for (auto at = std::lower_bound(list.begin(), list.end(), range.b_begin);
             at != list.end() && *at < range.b_end; ++at) {
          size_t length = next_[*at + 1] = lengths_[*at] + 1;
          filling.push_back(*at + 1);
          if (length > best.size) best = {i + 1 - length, *at + 1 - length, length};
        }
      }
      for (size_t place : filled) lengths_[place] = 0;
      std::swap(lengths_, next_);
      std::swap(filled, filling);
    }
    for (size_t place : filled) lengths_[place] = 0;
    while (best.a > range.a_begin && best.b > range.b_begin && a_[best.a - 1] == b_[best.b - 1])
      best = {best.a - 1, best.b - 1, best.size + 1};
    while (best.a + best.size < range.a_end && best.b + best.size < range.b_end &&
           a_[best.a + best.size] == b_[best.b + best.size])
      ++best.size;
    return best;
  }

 private:
  const std::u32string &a_, &b_;
  Places places_;
  std::vector<size_t> lengths_, next_;  // of the run that ends before this place of b
};

std::vector<uint32_t> numbers(const std::u32string& text) {
  return {text.begin(), text.end()};
}

}  // namespace

double matching_blocks_ratio(std::string_view left, std::string_view right) {
  std::u32string a = to_code_points(left), b = to_code_points(right);
  if (a.empty() && b.empty()) return 1;
  LongestBlock longest(a, b);
  std::vector<Range> open = {{0, a.size(), 0, b.size()}};
  size_t matches = 0;
  while (!open.empty()) {
    Range range = open.back();
    open.pop_back();
    Block block = longest.find(range);
    if (block.size == 0) continue;
    matches += block.size;
    if (range.a_begin < block.a && range.b_begin < block.b)
      open.push_back({range.a_begin, block.a, range.b_begin, block.b});
    if (block.a + block.size < range.a_end && block.b + block.size < range.b_end)
      open.push_back({block.a + block.size, range.a_end, block.b + block.size, range.b_end});
  }
  return 2.0 * static_cast<double>(matches) / static_cast<double>(a.size() + b.size());
}

double indel_ratio(std::string_view left, std::string_view right) {
  auto a = numbers(to_code_points(left)), b = numbers(to_code_points(right));
  if (a.empty() && b.empty()) return 1;
  size_t total = a.size() + b.size(), apart = total - 2 * CommonSubsequence(b).length(a);
  return 1.0 - static_cast<double>(apart) / static_cast<double>(total);
}

size_t levenshtein_distance(std::string_view left, std::string_view right) {
  std::u32string a = to_code_points(left), b = to_code_points(right);
  std::vector<size_t> row(b.size() + 1);
  for (size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (size_t i = 0; i < a.size(); ++i) {
    size_t corner = row[0]++;
    for (size_t j = 0; j < b.size(); ++j) {
      size_t change = corner + (a[i] != b[j]);
      corner = row[j + 1];
      row[j + 1] = std::min({change, corner + 1, row[j] + 1});
    }
  }
  return row.back();
}

int fuzz_ratio(std::string_view a, std::string_view b, FuzzBackEnd back_end) {
  if (a == b) return 100;
  if (a.empty() || b.empty()) return 0;
  double ratio = back_end == FuzzBackEnd::difflib ? matching_blocks_ratio(a, b) : indel_ratio(a, b);
  return static_cast<int>(std::nearbyint(100 * ratio));
}

std::string_view first_code_line(std::string_view answer) {
  answer.remove_prefix(std::min(answer.find_first_not_of('\n'), answer.size()));
  for (;;) {
    size_t end = answer.find('\n');
    std::string_view line = answer.substr(0, end);
    if (line.find_first_of("`#") == line.npos && line.find("//") == line.npos) return line;
    if (end == answer.npos) return {};
    answer.remove_prefix(end + 1);
  }
}

double code_similarity(std::string_view answer, std::string_view reference, FuzzBackEnd back_end) {
  return fuzz_ratio(first_code_line(answer), reference, back_end) / 100.0;
}

}  // namespace loom
