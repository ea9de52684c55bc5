// n-grams of numbered words (WordIds), counted.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace loom {

using NumberedWords = std::vector<uint32_t>;

// How many n-grams of the answer there are, and how many of those a reference has as well, each
// counted at most as often as it occurs in the reference that has it most often.
struct GramMatch {
  size_t shared = 0;
  size_t total = 0;
};
// For n = 1 … longest.
std::vector<GramMatch> clipped_matches(const NumberedWords& answer,
                                       std::span<const NumberedWords> references, size_t longest);

// Distinct n-grams on each side and on both.
struct GramSets {
  size_t answer = 0, reference = 0, shared = 0;
};
GramSets distinct_grams(const NumberedWords& answer, const NumberedWords& reference, size_t n);

}  // namespace loom
