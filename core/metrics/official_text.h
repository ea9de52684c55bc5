// The normalisations of the official scorers: SQuAD's (Rajpurkar et al. 2016), as LongBench,
// InfiniteBench and many others use it, and LongBench's for Chinese.
#pragma once

#include <string>
#include <string_view>

namespace loom {

struct NormalSteps {
  bool lower = true;
  bool punctuation = true;  // ASCII punctuation is deleted, not replaced by a space
  bool articles = true;     // the whole words a, an and the become a space
};
// Steps in that order, then single spaces between words and none at the ends.
std::string official_normal(std::string_view text, const NormalSteps& steps = {});

// ASCII punctuation: Python's string.punctuation.
bool is_ascii_punctuation(uint32_t code_point);
// The above and LongBench's Chinese list, in which 》 stands without 《.
bool is_official_punctuation(uint32_t code_point);
std::string without_ascii_punctuation(std::string_view text);
// Lower case, no official punctuation, no white space at all (a token of Chinese text, or a whole
// text that is compared character by character).
std::string official_normal_zh(std::string_view text);

}  // namespace loom
