// LongBench's Chinese metrics, on jieba's words. Call when chinese_words_ready.
#pragma once

#include <string>

#include "core/metrics/overlap.h"

namespace loom {

// jieba's words joined by single spaces; as official_normal_zh makes them, empty ones dropped.
std::string spaced_words_zh(std::string_view text);
std::string official_words_zh(std::string_view text);
// Each word by official_normal_zh, empty ones dropped, bag F1.
Overlap official_f1_zh(std::string_view answer, std::string_view reference);
// Words joined by single spaces, then ROUGE-L of the package "rouge"; 0 where that fails.
Overlap rouge_l_zh(std::string_view answer, std::string_view reference);

}  // namespace loom
