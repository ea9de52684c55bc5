// ROUGE (Lin 2004) as the two packages compute it that benchmarks use; they disagree.
//  - "rouge" 1.0.1: pieces between ASCII full stops, SETS of words and n-grams, summary-level L.
//  - "rouge-score": lower-case runs of a-z and 0-9, counts, L over the whole text or by lines.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "core/metrics/overlap.h"

namespace loom {

// Empty where the package raises an exception (a text of nothing but full stops); the scorers that
// use it count that as 0.
std::optional<Overlap> set_rouge_n(std::string_view answer, std::string_view reference, int n);
// `deepest`: the package follows a path through its table by recursion and fails when the calls
// for one pair of pieces outnumber this; unlimited unless a rule set asks for the failure.
std::optional<Overlap> set_rouge_l(std::string_view answer, std::string_view reference,
                                   size_t deepest = SIZE_MAX);

// `stem`: Porter's stemmer on words of more than three letters.
Overlap count_rouge_n(std::string_view answer, std::string_view reference, int n, bool stem);
Overlap count_rouge_l(std::string_view answer, std::string_view reference, bool stem);
// Summary level, one sentence a line.
Overlap count_rouge_lsum(std::string_view answer, std::string_view reference, bool stem);

}  // namespace loom
