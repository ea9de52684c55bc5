// Precision, recall and F1 of what two bags of words share.
#pragma once

#include <string_view>
#include <vector>

namespace loom {

struct Overlap {
  double precision = 0;
  double recall = 0;
  double f1 = 0;
};

// Words counted as often as they occur on both sides; all zero when nothing is shared.
Overlap bag_overlap(const std::vector<std::string_view>& answer,
                    const std::vector<std::string_view>& reference);
// SQuAD's F1 (Rajpurkar et al. 2016): official_normal, words at white space. `articles` false keeps
// a, an and the (LIBRA).
Overlap official_f1(std::string_view answer, std::string_view reference, bool articles = true);
// InfiniteBench's F1 for Chinese: official_normal_zh, every character is a word.
Overlap character_f1_zh(std::string_view answer, std::string_view reference);

}  // namespace loom
