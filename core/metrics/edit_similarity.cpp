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

using CharacterPlaces = std::unordered_map<char32_t, std::vector<size_t>>;

CharacterPlaces places_of(const std::u32string& b) {
  CharacterPlaces places;
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
  CharacterPlaces places_;
  std::vector<size_t> lengths_, next_;  // of the run that ends before this place of b
};

// For each character a bit for every place where it stands. Those of frequent characters are kept,
// there are few; those of others are set when they are asked for.
class CharacterMasks {
 public:
  explicit CharacterMasks(const std::u32string& text)
      : words_((text.size() + 63) / 64), scratch_(words_, 0) {
    for (size_t i = 0; i < text.size(); ++i) places_[text[i]].push_back(i);
    for (const auto& [c, places] : places_)
      if (places.size() >= words_) set(kept_.try_emplace(c, words_, 0).first->second, places);
  }
  size_t words() const { return words_; }
  // Until the next call.
  const std::vector<uint64_t>& of(char32_t c) {
    if (const auto kept = kept_.find(c); kept != kept_.end()) return kept->second;
    for (size_t place : shown_) scratch_[place / 64] = 0;
    shown_.clear();
    if (const auto found = places_.find(c); found != places_.end()) shown_ = found->second;
    set(scratch_, shown_);
    return scratch_;
  }

 private:
  static void set(std::vector<uint64_t>& line, const std::vector<size_t>& places) {
    for (size_t place : places) line[place / 64] |= uint64_t{1} << (place % 64);
  }

  size_t words_;
  CharacterPlaces places_;
  std::unordered_map<char32_t, std::vector<uint64_t>> kept_;
  std::vector<uint64_t> scratch_;
  std::vector<size_t> shown_;
};

// What both begin and end with stands in a best alignment of them; without it a text that repeats
// one character is compared in no time. Returns how many characters went from each.
size_t drop_common_ends(std::u32string& a, std::u32string& b) {
  const auto begin =
      static_cast<size_t>(std::mismatch(a.begin(), a.end(), b.begin(), b.end()).first - a.begin());
  a.erase(0, begin);
  b.erase(0, begin);
  const auto end = static_cast<size_t>(
      std::mismatch(a.rbegin(), a.rend(), b.rbegin(), b.rend()).first - a.rbegin());
  a.resize(a.size() - end);
  b.resize(b.size() - end);
  return begin + end;
}

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
  std::u32string a = to_code_points(left), b = to_code_points(right);
  if (a.empty() && b.empty()) return 1;
  const size_t total = a.size() + b.size(), same = drop_common_ends(a, b);
  const size_t shared = same + CommonSubsequence(numbers(b)).length(numbers(a));
  const size_t apart = total - 2 * shared;
  return 1.0 - static_cast<double>(apart) / static_cast<double>(total);
}

// Rows of the table of distances as bits, 64 at once (Myers 1999, in blocks as by Hyyrö 2003): of a
// column only whether it rises or falls from row to row is kept.
size_t levenshtein_distance(std::string_view left, std::string_view right) {
  std::u32string a = to_code_points(left), b = to_code_points(right);
  drop_common_ends(a, b);
  if (a.empty() || b.empty()) return a.size() + b.size();
  CharacterMasks masks(a);
  const size_t words = masks.words();
  std::vector<uint64_t> rises(words, ~uint64_t{0}), falls(words, 0);
  const uint64_t last_row = uint64_t{1} << ((a.size() - 1) % 64);
  size_t distance = a.size();
  for (char32_t c : b) {
    const auto& equal = masks.of(c);
    uint64_t risen = 1, fallen = 0;  // what the row above hands on; above the first all rise
    for (size_t word = 0; word < words; ++word) {
      const uint64_t up = rises[word], down = falls[word], same = equal[word] | fallen;
      const uint64_t diagonal = (((same & up) + up) ^ up) | same | down;
      uint64_t right_up = down | ~(diagonal | up), right_down = diagonal & up;
      if (word + 1 == words) {
        distance += (right_up & last_row) != 0;
        distance -= (right_down & last_row) != 0;
      }
      const uint64_t next_risen = right_up >> 63, next_fallen = right_down >> 63;
      right_up = right_up << 1 | risen;
      right_down = right_down << 1 | fallen;
      rises[word] = right_down | ~(diagonal | right_up);
      falls[word] = right_up & diagonal;
      risen = next_risen;
      fallen = next_fallen;
    }
  }
  return distance;
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
