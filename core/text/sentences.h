// Sentences of plain prose: a sentence ends after . ! ? or a Chinese full stop, with closing quotes
// and brackets, before white space (or, after a Chinese full stop, at once). Abbreviations of one
// letter do not end a sentence. Good enough for placing needles between sentences.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace loom {

std::vector<std::string_view> split_sentences(std::string_view text);
std::vector<std::string_view> split_words(std::string_view text);  // at ASCII white space

}  // namespace loom
