// Chinese text cut into words as jieba 0.42.1 does it in accurate mode: the most probable path
// through the dictionary's words; single characters left over go through a hidden Markov model.
// Dictionary and model are read from the files of Debian's package python3-jieba.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"

namespace loom {

// Not found: which package is missing. Read once, then kept.
Status chinese_words_ready();
// Views into `text`, which must be UTF-8; every byte belongs to one word. Call only when ready.
std::vector<std::string_view> chinese_words(std::string_view text);

}  // namespace loom
