// Words that say nothing about an answer: LV-Eval's two lists.
#pragma once

#include <set>
#include <string>
#include <string_view>

namespace loom {

const std::set<std::string_view>& silent_words_en();
const std::set<std::string_view>& silent_words_zh();
// LV-Eval's text for ROUGE-L: jieba's words, cut once more after joining, each normalised, silent
// words left out (words that are empty after normalising stay), joined by single spaces.
std::string telling_words_zh(std::string_view text);

}  // namespace loom
