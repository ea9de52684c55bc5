// LongBench's Chinese metrics, on jieba's words. Call when chinese_words_ready.
#pragma once

#include "core/metrics/overlap.h"

namespace loom {

// Each word by official_normal_zh, empty ones dropped, bag F1.
Overlap official_f1_zh(std::string_view answer, std::string_view reference);
// Words joined by single spaces, then ROUGE-L of the package "rouge"; 0 where that fails.
Overlap rouge_l_zh(std::string_view answer, std::string_view reference);

}  // namespace loom
