// BLEU (Papineni et al. 2002) as the two packages compute it that benchmarks use. 0 to 1.
#pragma once

#include <array>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/metrics/ngrams.h"

namespace loom {

// nltk's sentence_bleu on words. `weights`: one per order of n-grams; an order without a match
// counts as the smallest number, or with `smooth` (method 1) as a tenth of a match.
struct NltkBleu {
  std::vector<double> weights = {0.25, 0.25, 0.25, 0.25};
  bool smooth = false;
};
// What all weightings of one pair share.
struct NltkCounts {
  size_t answer_words = 0, reference_words = 0;  // of the reference nearest in length
  std::vector<GramMatch> matches;                // of 1-grams, 2-grams ...
};
NltkCounts nltk_counts(const std::vector<std::string_view>& answer,
                       const std::vector<std::vector<std::string_view>>& references,
                       size_t longest);
// Counts of as many orders as there are weights, or of more.
double nltk_bleu(const NltkCounts& counts, const NltkBleu& settings);
double nltk_bleu(const std::vector<std::string_view>& answer,
                 const std::vector<std::vector<std::string_view>>& references,
                 const NltkBleu& settings = {});

// sacrebleu's tokenizers "13a", "zh", "char" and "none".
enum class BleuTokens { western, chinese, characters, spaces };
enum class BleuSmoothing { none, floor, add_one, exponential };
struct SacreBleu {
  BleuTokens tokens = BleuTokens::western;
  BleuSmoothing smoothing = BleuSmoothing::exponential;
  bool lower = false;
  bool effective_order = true;  // orders that the answer is too short for do not count; the
                                // package's default for sentences, not for a corpus
};

// What one sentence adds to a corpus.
struct BleuCounts {
  size_t answer_words = 0, reference_words = 0;  // of the reference nearest in length
  std::array<size_t, 4> shared = {}, total = {};
  BleuCounts& operator+=(const BleuCounts& other);
};
BleuCounts sacre_bleu_counts(std::string_view answer, std::span<const std::string> references,
                             const SacreBleu& settings = {});
double sacre_bleu(const BleuCounts& counts, const SacreBleu& settings = {});

// Words separated by white space.
std::string bleu_tokens(std::string_view text, BleuTokens kind);

}  // namespace loom
