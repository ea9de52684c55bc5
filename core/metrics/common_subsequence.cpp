#include "core/metrics/common_subsequence.h"

#include <algorithm>
#include <bit>
#include <cmath>

namespace loom {
namespace {

constexpr size_t kLong = 1024;  // columns; below, bits are set in no time

void grow(std::vector<uint64_t>& line, const std::vector<uint64_t>& equal) {
  uint64_t carry = 0;
  for (size_t word = 0; word < line.size(); ++word) {
    uint64_t before = line[word], shared = before & equal[word];
    uint64_t sum = before + shared, with_carry = sum + carry;
    carry = static_cast<uint64_t>(sum < before) | static_cast<uint64_t>(with_carry < sum);
    line[word] = with_carry | (before & ~equal[word]);
  }
}

}  // namespace

CommonSubsequence::CommonSubsequence(std::span<const uint32_t> columns)
    : columns_(columns.begin(), columns.end()) {
  places_.reserve(columns_.size());
  for (size_t i = 0; i < columns_.size(); ++i)
    places_.push_back({columns_[i], static_cast<uint32_t>(i)});
  std::sort(places_.begin(), places_.end(),
            [](const Place& a, const Place& b) { return a.element < b.element; });
  const size_t words = (columns_.size() + 63) / 64;
  if (columns_.size() < kLong) return;
  for (auto begin = places_.begin(); begin != places_.end();) {
    const auto end = std::find_if(
        begin, places_.end(), [&](const Place& place) { return place.element != begin->element; });
    if (static_cast<size_t>(end - begin) >= words) {
      Line& bits = frequent_.try_emplace(begin->element, words, 0).first->second;
      for (auto place = begin; place != end; ++place)
        bits[place->column / 64] |= uint64_t{1} << (place->column % 64);
    }
    begin = end;
  }
}

void CommonSubsequence::next(Line& line, uint32_t element, Line& scratch) const {
  if (!frequent_.empty())
    if (const auto kept = frequent_.find(element); kept != frequent_.end())
      return grow(line, kept->second);
  auto [begin, end] =
      std::equal_range(places_.begin(), places_.end(), Place{element, 0},
                       [](const Place& a, const Place& b) { return a.element < b.element; });
  if (begin == end) return;
  for (auto place = begin; place != end; ++place)
    scratch[place->column / 64] |= uint64_t{1} << (place->column % 64);
  grow(line, scratch);
  for (auto place = begin; place != end; ++place) scratch[place->column / 64] = 0;
}

size_t CommonSubsequence::length(std::span<const uint32_t> rows) const {
  size_t words = (columns_.size() + 63) / 64;
  Line line(words, ~uint64_t{0}), scratch(words, 0);
  for (uint32_t element : rows) next(line, element, scratch);
  size_t found = 0;
  for (size_t word = 0; word < words; ++word) {
    uint64_t grows = ~line[word];
    size_t left = columns_.size() - word * 64;
    if (left < 64) grows &= (uint64_t{1} << left) - 1;
    found += static_cast<size_t>(std::popcount(grows));
  }
  return found;
}

CommonSubsequence::Path CommonSubsequence::path(std::span<const uint32_t> rows) const {
  constexpr size_t kWholeTable = size_t{4} << 20;  // words of 8 bytes
  size_t words = (columns_.size() + 63) / 64, n = rows.size();
  size_t block = n * words <= kWholeTable
                     ? std::max<size_t>(n, 1)
                     : static_cast<size_t>(std::sqrt(static_cast<double>(n))) + 1;
  Line line(words, ~uint64_t{0}), scratch(words, 0);
  std::vector<Line> starts;  // the line before the first row of each block
  for (size_t row = 0; row < n; ++row) {
    if (row % block == 0) starts.push_back(line);
    if (block < n) next(line, rows[row], scratch);
  }
  Path path;
  size_t i = n, j = columns_.size(), loaded = starts.size();
  Line lines;  // of the loaded block, one behind the other
  while (i > 0 && j > 0) {
    size_t at = (i - 1) / block;
    if (at != loaded) {
      lines.clear();
      lines.reserve(std::min(n, block) * words);
      Line current = starts[loaded = at];
      for (size_t row = at * block; row < std::min(n, (at + 1) * block); ++row) {
        next(current, rows[row], scratch);
        lines.insert(lines.end(), current.begin(), current.end());
      }
    }
    ++path.steps;
    if (rows[i - 1] == columns_[j - 1]) {
      path.rows.push_back(--i);
      path.columns.push_back(--j);
    } else if (bool same = lines[(i - 1) % block * words + (j - 1) / 64] >> ((j - 1) % 64) & 1;
               same) {
      --j;
    } else {
      --i;
    }
  }
  std::reverse(path.rows.begin(), path.rows.end());
  std::reverse(path.columns.begin(), path.columns.end());
  return path;
}

}  // namespace loom
