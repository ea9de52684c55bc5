// Longest common subsequences of sequences of integers by bit vectors (Hyyrö 2004: 64 cells a
// step), with the path that the ROUGE packages read out of their tables.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <unordered_map>
#include <vector>

namespace loom {

class CommonSubsequence {
 public:
  explicit CommonSubsequence(std::span<const uint32_t> columns);
  size_t length(std::span<const uint32_t> rows) const;

  struct Path {
    std::vector<size_t> rows, columns;  // positions of the shared elements, ascending
    size_t steps = 0;                   // cells passed from the far corner to an edge
  };
  // From the far corner: equal elements are taken; otherwise the row above if that loses nothing
  // and the column to the left would, else the column to the left. Memory grows with the square
  // root of the rows: lines of the table are kept at intervals and made again between them.
  Path path(std::span<const uint32_t> rows) const;

 private:
  using Line = std::vector<uint64_t>;  // a zero bit: the length grows at this column
  void next(Line& line, uint32_t element, Line& scratch) const;

  struct Place {
    uint32_t element, column;
  };
  std::vector<uint32_t> columns_;
  std::vector<Place> places_;  // sorted by element
  // Bits of the elements that stand in one of 64 columns or more, at most 64 of them: setting these
  // bits for every row would take the square of a text that repeats itself.
  std::unordered_map<uint32_t, Line> frequent_;
};

}  // namespace loom
