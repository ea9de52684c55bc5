// ROUGE (Lin 2004) as the two packages compute it that benchmarks use; they disagree.
//  - "rouge" 1.0.1: pieces between ASCII full stops, SETS of words and n-grams, summary-level L.
//  - "rouge-score": lower-case runs of a-z and 0-9, counts, L over the whole text or by lines.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "core/metrics/overlap.h"

namespace loom {

// One pair of texts, cut once for all measures of it. Empty where the package raises an exception
// (a text of nothing but full stops); the scorers that use it count that as 0.
class SetRouge {
 public:
  SetRouge(std::string_view answer, std::string_view reference);
  std::optional<Overlap> n(int length) const;
  // `deepest`: the package follows a path through its table by recursion and fails when the calls
  // for one pair of pieces outnumber this; unlimited unless a rule set asks for the failure.
  std::optional<Overlap> l(size_t deepest = SIZE_MAX) const;

 private:
  using Pieces = std::vector<std::vector<uint32_t>>;  // between full stops, words as numbers
  Pieces answer_, reference_;
  size_t words_ = 0;  // distinct ones of both
};
// The same for one measure.
std::optional<Overlap> set_rouge_n(std::string_view answer, std::string_view reference, int n);
std::optional<Overlap> set_rouge_l(std::string_view answer, std::string_view reference,
                                   size_t deepest = SIZE_MAX);

// `stem`: Porter's stemmer on words of more than three letters.
Overlap count_rouge_n(std::string_view answer, std::string_view reference, int n, bool stem);
Overlap count_rouge_l(std::string_view answer, std::string_view reference, bool stem);
// Summary level, one sentence a line.
Overlap count_rouge_lsum(std::string_view answer, std::string_view reference, bool stem);

}  // namespace loom
