#include <algorithm>

#include "core/metrics/all_metrics.h"
#include "core/metrics/answer_text.h"
#include "core/metrics/bleu.h"
#include "core/metrics/chinese_overlap.h"
#include "core/metrics/edit_similarity.h"
#include "core/metrics/meteor.h"
#include "core/metrics/official_text.h"
#include "core/metrics/overlap.h"
#include "core/metrics/rouge.h"
#include "core/text/python_text.h"

namespace loom {
namespace {

// The best score over the references, on the part of the answer that the task scores.
template <typename Compare>
MetricScore best_of(const MetricInput& input, const char* rule, Compare compare) {
  MetricScore score{0.0, scored_part(input), rule};
  for (const std::string& reference : input.references)
    score.value = std::max(*score.value, compare(std::string_view(score.parsed), reference));
  return score;
}

}  // namespace

// "articles": false keeps a, an and the as words (LIBRA).
MetricScore squad_f1(const MetricInput& input) {
  const bool articles = input.parameters.value("articles", true);
  const char* rule = articles ? "whole answer, SQuAD's normalisation"
                              : "whole answer, words without case and ASCII punctuation";
  MetricScore score = best_of(input, rule, [&](auto answer, auto& reference) {
    return official_f1(answer, reference, articles).f1;
  });
  take_off_negatives(input, score);
  return score;
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

// "n": 1 or 2; absent: L. "part": precision, recall or, when absent, f1.
MetricScore rouge_of_sets(const MetricInput& input) {
  int n = input.parameters.value("n", 0);
  std::string part = input.parameters.value("part", "f1");
  return best_of(input, "ROUGE on sets of words", [&](auto answer, auto& reference) {
    auto found = n > 0 ? set_rouge_n(answer, reference, n) : set_rouge_l(answer, reference);
    Overlap overlap = found.value_or(Overlap{});
    if (part == "recall") return std::min(1.0, overlap.recall);
    return std::min(1.0, part == "precision" ? overlap.precision : overlap.f1);
  });
}

// "n": 1 or 2; absent: L over the whole text. "stem": Porter's stemmer.
MetricScore rouge_of_counts(const MetricInput& input) {
  const int n = input.parameters.value("n", 0);
  const bool stem = input.parameters.value("stem", false);
  return best_of(input, "ROUGE on counts of words", [&](auto answer, auto& reference) {
    return n > 0 ? count_rouge_n(answer, reference, n, stem).f1
                 : count_rouge_l(answer, reference, stem).f1;
  });
}

MetricScore rouge_parts(const MetricInput& input) {
  double best[3] = {0, 0, 0};
  for (const std::string& reference : input.references) {
    const double found[3] = {count_rouge_n(input.prediction, reference, 1, false).f1,
                             count_rouge_n(input.prediction, reference, 2, false).f1,
                             count_rouge_l(input.prediction, reference, false).f1};
    for (int i = 0; i < 3; ++i) best[i] = std::max(best[i], found[i]);
  }
  MetricScore score{best[2], std::string(input.prediction), "ROUGE-1, 2 and L on counts of words"};
  score.parts = {{"rouge_1", best[0]}, {"rouge_2", best[1]}, {"rouge_l", best[2]}};
  return score;
}

// "stem": Porter's stemmer; sentences are lines.
MetricScore rouge_lsum(const MetricInput& input) {
  bool stem = input.parameters.value("stem", false);
  return best_of(input, "ROUGE-Lsum, a sentence a line", [stem](auto answer, auto& reference) {
    return count_rouge_lsum(answer, reference, stem).f1;
  });
}

MetricScore words_meteor(const MetricInput& input) {
  auto words = split_at_spaces(input.prediction);
  return best_of(input, "METEOR on words at white space",
                 [&](auto, auto& reference) { return meteor(words, split_at_spaces(reference)); });
}

// "weights": one per order of n-grams, a quarter for each of four when absent; "smooth".
MetricScore words_bleu(const MetricInput& input) {
  NltkBleu settings;
  settings.weights = input.parameters.value("weights", settings.weights);
  settings.smooth = input.parameters.value("smooth", false);
  std::vector<std::vector<std::string_view>> references;
  for (const std::string& reference : input.references)
    references.push_back(split_at_spaces(reference));
  double value = nltk_bleu(split_at_spaces(input.prediction), references, settings);
  return {std::min(1.0, value), std::string(input.prediction), "BLEU on words at white space"};
}

// "tokens": 13a (absent), zh, char, none.
MetricScore sentence_bleu(const MetricInput& input) {
  std::string tokens = input.parameters.value("tokens", "13a");
  SacreBleu settings;
  if (tokens == "zh") settings.tokens = BleuTokens::chinese;
  if (tokens == "char") settings.tokens = BleuTokens::characters;
  if (tokens == "none") settings.tokens = BleuTokens::spaces;
  BleuCounts counts = sacre_bleu_counts(input.prediction, input.references, settings);
  return {std::min(1.0, sacre_bleu(counts, settings)), std::string(input.prediction),
          "sacrebleu's sentence BLEU, tokens " + tokens};
}

// "back_end": difflib (absent) or levenshtein.
MetricScore code_line_similarity(const MetricInput& input) {
  bool levenshtein = input.parameters.value("back_end", "difflib") == "levenshtein";
  auto back_end = levenshtein ? FuzzBackEnd::levenshtein : FuzzBackEnd::difflib;
  MetricScore score = best_of(input, "first line of code", [&](auto answer, auto& reference) {
    return code_similarity(answer, reference, back_end);
  });
  score.parsed = std::string(first_code_line(input.prediction));
  return score;
}

}  // namespace loom
