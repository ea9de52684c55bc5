#include "core/metrics/chinese_overlap.h"

#include "core/metrics/official_text.h"
#include "core/metrics/rouge.h"
#include "core/text/chinese_words.h"
#include "core/text/python_text.h"
#include "core/text/utf8.h"

namespace loom {

std::string official_words_zh(std::string_view text) {
  std::string fine = repair_utf8(text), result;
  for (std::string_view word : chinese_words(fine))
    if (std::string normal = official_normal_zh(word); !normal.empty()) (result += normal) += ' ';
  return result;
}

std::string spaced_words_zh(std::string_view text) {
  std::string fine = repair_utf8(text), result;
  for (std::string_view word : chinese_words(fine)) {
    if (!result.empty()) result += ' ';
    result += word;
  }
  return result;
}

Overlap official_f1_zh(std::string_view answer, std::string_view reference) {
  std::string left = official_words_zh(answer), right = official_words_zh(reference);
  return bag_overlap(split_at_spaces(left), split_at_spaces(right));
}

Overlap rouge_l_zh(std::string_view answer, std::string_view reference) {
  return set_rouge_l(spaced_words_zh(answer), spaced_words_zh(reference)).value_or(Overlap{});
}

}  // namespace loom
