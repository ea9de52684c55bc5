#include <algorithm>

#include "core/metrics/all_metrics.h"
#include "core/metrics/chinese_overlap.h"
#include "core/metrics/edit_similarity.h"
#include "core/metrics/official_text.h"
#include "core/metrics/overlap.h"
#include "core/metrics/rouge.h"

namespace loom {
namespace {

// The best score over the references, on the answer as it stands.
template <typename Compare>
MetricScore best_of(const MetricInput& input, const char* rule, Compare compare) {
  MetricScore score{0.0, std::string(input.prediction), rule};
  for (const std::string& reference : input.references)
    score.value = std::max(*score.value, compare(input.prediction, reference));
  return score;
}

}  // namespace

MetricScore squad_f1(const MetricInput& input) {
  return best_of(input, "whole answer, SQuAD's normalisation",
                 [](auto answer, auto& reference) { return official_f1(answer, reference).f1; });
}

MetricScore squad_exact_match(const MetricInput& input) {
  return best_of(input, "whole answer, SQuAD's normalisation", [](auto answer, auto& reference) {
    return official_normal(answer) == official_normal(reference) ? 1.0 : 0.0;
  });
}

MetricScore words_f1_zh(const MetricInput& input) {
  return best_of(input, "Chinese words without punctuation",
                 [](auto answer, auto& reference) { return official_f1_zh(answer, reference).f1; });
}

MetricScore words_rouge_l_zh(const MetricInput& input) {
  return best_of(input, "ROUGE-L on sets of Chinese words", [](auto answer, auto& reference) {
    return std::min(1.0, rouge_l_zh(answer, reference).f1);
  });
}

MetricScore characters_f1_zh(const MetricInput& input) {
  return best_of(input, "characters without punctuation", [](auto answer, auto& reference) {
    return character_f1_zh(answer, reference).f1;
  });
}

// "n": 1 or 2; absent: L.
MetricScore rouge_of_sets(const MetricInput& input) {
  int n = input.parameters.value("n", 0);
  return best_of(input, "ROUGE on sets of words", [n](auto answer, auto& reference) {
    auto overlap = n > 0 ? set_rouge_n(answer, reference, n) : set_rouge_l(answer, reference);
    return std::min(1.0, overlap.value_or(Overlap{}).f1);
  });
}

// "stem": Porter's stemmer; sentences are lines.
MetricScore rouge_lsum(const MetricInput& input) {
  bool stem = input.parameters.value("stem", false);
  return best_of(input, "ROUGE-Lsum, a sentence a line", [stem](auto answer, auto& reference) {
    return count_rouge_lsum(answer, reference, stem).f1;
  });
}

MetricScore code_line_similarity(const MetricInput& input) {
  MetricScore score = best_of(input, "first line of code", [](auto answer, auto& reference) {
    return code_similarity(answer, reference);
  });
  score.parsed = std::string(first_code_line(input.prediction));
  return score;
}

}  // namespace loom
