// Similarity of two strings by characters (code points).
#pragma once

#include <cstddef>
#include <string_view>

namespace loom {

// Python's difflib.SequenceMatcher(None, a, b).ratio(): 2 * matches / (lengths), matching blocks
// found longest first; characters of `b` in more than 1 % of its 200 or more places are junk
// ("autojunk"). 1 for two empty strings.
double matching_blocks_ratio(std::string_view a, std::string_view b);
// rapidfuzz's and python-Levenshtein's ratio: 2 * longest common subsequence / (lengths).
double indel_ratio(std::string_view a, std::string_view b);
size_t levenshtein_distance(std::string_view a, std::string_view b);

enum class FuzzBackEnd { difflib, levenshtein };
// fuzzywuzzy's fuzz.ratio, 0 to 100: the ratio rounded half to even; 100 for equal strings and 0
// when one is empty. Without python-Levenshtein installed the package falls back to difflib.
int fuzz_ratio(std::string_view a, std::string_view b, FuzzBackEnd back_end);
// LongBench: the answer's first line without a back-tick, # or //, against the reference; 0 to 1.
double code_similarity(std::string_view answer, std::string_view reference,
                       FuzzBackEnd back_end = FuzzBackEnd::difflib);
std::string_view first_code_line(std::string_view answer);

}  // namespace loom
