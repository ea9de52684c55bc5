#include "core/metrics/silent_words.h"

#include "core/metrics/chinese_overlap.h"
#include "core/metrics/official_text.h"
#include "core/text/chinese_words.h"
#include "core/text/python_text.h"

namespace loom {
namespace {

std::set<std::string_view> words(std::string_view list) {
  const auto split = split_at_spaces(list);
  return {split.begin(), split.end()};
}

}  // namespace

const std::set<std::string_view>& silent_words_en() {
  static const std::set<std::string_view> list = words(
      "and to of in her was with for it from is that his he by she they or at because be on "
      "are their what as had were about being this who but have has when which does");
  return list;
}

const std::set<std::string_view>& silent_words_zh() {
  static const std::set<std::string_view> list = words(
      "的 和 是 等 在 年 可以 为 与 ‰ 了 或 一种 月 c 至 日 有 进行 于 不 中 × 根据 小 由 亩 也 要 "
      "指 法 会 元 主要 以及 通过 首先 对 然后 号 以 所 后 丁 包括 无 将 用 能 形 方面 因素 位于 "
      "而 "
      "从 到 一定 用于 但 使用 让 具有 并 亿元 万元 上 类 基于 才 来 地 片 其他 个 或者 变得 时 给 "
      "你 使 条 受 已经 带 度");
  return list;
}

std::string telling_words_zh(std::string_view text) {
  const std::string spaced = spaced_words_zh(text);
  std::string result;
  bool first = true;
  for (std::string_view word : chinese_words(spaced)) {
    const std::string normal = official_normal_zh(word);
    if (silent_words_zh().contains(normal)) continue;
    if (!first) result += ' ';
    first = false;
    result += normal;
  }
  return result;
}

}  // namespace loom
