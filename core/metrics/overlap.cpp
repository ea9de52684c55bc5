#include "core/metrics/overlap.h"

#include "core/metrics/official_text.h"
#include "core/metrics/word_ids.h"
#include "core/text/python_text.h"
#include "core/text/utf8.h"

namespace loom {
namespace {

std::vector<std::string_view> characters(std::string_view text) {
  std::vector<std::string_view> list;
  for (size_t at = 0; at < text.size();) {
    uint32_t bytes = decode_utf8(text, at).bytes;
    list.push_back(text.substr(at, bytes));
    at += bytes;
  }
  return list;
}

}  // namespace

Overlap bag_overlap(const std::vector<std::string_view>& answer,
                    const std::vector<std::string_view>& reference) {
  WordIds ids(reference.size());
  std::vector<long> counts;
  for (std::string_view word : reference) {
    uint32_t id = ids.id(word);
    if (id == counts.size()) counts.push_back(0);
    ++counts[id];
  }
  size_t known = counts.size();
  long same = 0;
  for (std::string_view word : answer)
    if (uint32_t id = ids.id(word); id < known && counts[id]-- > 0) ++same;
  if (same == 0) return {};
  double shared = static_cast<double>(same);
  double precision = shared / static_cast<double>(answer.size());
  double recall = shared / static_cast<double>(reference.size());
  return {precision, recall, 2 * precision * recall / (precision + recall)};
}

Overlap official_f1(std::string_view answer, std::string_view reference, bool articles) {
  NormalSteps steps{.articles = articles};
  std::string left = official_normal(answer, steps), right = official_normal(reference, steps);
  return bag_overlap(split_at_spaces(left), split_at_spaces(right));
}

Overlap character_f1_zh(std::string_view answer, std::string_view reference) {
  std::string left = official_normal_zh(answer), right = official_normal_zh(reference);
  return bag_overlap(characters(left), characters(right));
}

}  // namespace loom
