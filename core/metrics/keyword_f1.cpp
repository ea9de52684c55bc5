// LV-Eval: F1 behind a gate. An answer that holds too few of the record's key words scores nothing;
// words that say nothing do not open the gate. The published numbers come from the released code,
// in which the F1 itself keeps those words (the paper's text takes them out).
#include <algorithm>
#include <set>

#include "core/metrics/all_metrics.h"
#include "core/metrics/chinese_overlap.h"
#include "core/metrics/official_text.h"
#include "core/metrics/overlap.h"
#include "core/metrics/rouge.h"
#include "core/metrics/silent_words.h"
#include "core/text/python_text.h"

namespace loom {
namespace {

constexpr double kGate = 0.2, kGateZh = 0.4;

// The share of the keys that the answer holds, silent words not counted as held.
double held_keys(const std::vector<std::string_view>& answer,
                 const std::vector<std::string_view>& keys,
                 const std::set<std::string_view>& silent) {
  std::multiset<std::string_view> words(answer.begin(), answer.end());
  size_t held = 0;
  for (std::string_view key : keys) {
    const auto found = words.find(key);
    if (found == words.end()) continue;
    words.erase(found);
    held += !silent.contains(key);
  }
  return static_cast<double>(held) / static_cast<double>(keys.size());
}

// The record's field that holds the key words; "keys" names another.
std::string key_field(const MetricInput& input) {
  return input.parameters.value("keys", "keywords");
}

MetricScore gated(const MetricInput& input, bool open, double f1) {
  MetricScore score{open ? f1 : 0.0, std::string(input.prediction),
                    open ? "F1 of all words" : "too few of the key words"};
  return score;
}

}  // namespace

MetricScore keyword_f1(const MetricInput& input) {
  const std::string keys = official_normal(input.record.value(key_field(input), ""));
  const std::string answer = official_normal(input.prediction);
  const auto words = split_at_spaces(keys);
  const bool open =
      words.empty() || held_keys(split_at_spaces(answer), words, silent_words_en()) >= kGate;
  double f1 = 0;
  for (const std::string& reference : input.references)
    f1 = std::max(f1, official_f1(input.prediction, reference).f1);
  return gated(input, open, f1);
}

// Without key words of its own an answer is its own gate.
MetricScore keyword_f1_zh(const MetricInput& input) {
  const std::string given = input.record.value(key_field(input), "");
  const std::string answer = official_words_zh(input.prediction);
  const auto answered = split_at_spaces(answer);
  double f1 = 0;
  bool any = false;
  for (const std::string& reference : input.references) {
    const std::string keys = official_words_zh(given.empty() ? reference : given);
    const auto words = split_at_spaces(keys);
    if (!words.empty() && held_keys(answered, words, silent_words_zh()) < kGateZh) continue;
    any = true;
    f1 = std::max(f1, official_f1_zh(input.prediction, reference).f1);
  }
  return gated(input, any, f1);
}

MetricScore telling_rouge_l_zh(const MetricInput& input) {
  MetricScore score{0.0, telling_words_zh(input.prediction), "ROUGE-L without silent words"};
  for (const std::string& reference : input.references)
    score.value = std::max(
        *score.value,
        std::min(1.0,
                 set_rouge_l(score.parsed, telling_words_zh(reference)).value_or(Overlap{}).f1));
  return score;
}

}  // namespace loom
