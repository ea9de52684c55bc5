#include <algorithm>

#include "core/metrics/common_subsequence.h"
#include "core/metrics/ngrams.h"
#include "core/metrics/rouge.h"
#include "core/metrics/word_ids.h"
#include "core/text/python_text.h"

namespace loom {
namespace {

using Pieces = std::vector<std::vector<uint32_t>>;

// A piece of nothing but white space is one empty word.
Pieces pieces_of(std::string_view text, WordIds& ids) {
  Pieces pieces;
  while (!text.empty()) {
    size_t stop = std::min(text.find('.'), text.size());
    if (stop > 0) {
      auto words = split_at_spaces(text.substr(0, stop));
      if (words.empty()) words.push_back("");
      pieces.push_back(ids.ids(words));
    }
    text.remove_prefix(std::min(text.size(), stop + 1));
  }
  return pieces;
}

// Of pieces that are alike one is enough for a union; an answer that repeats itself has many.
Pieces without_repeats(Pieces pieces) {
  std::sort(pieces.begin(), pieces.end());
  pieces.erase(std::unique(pieces.begin(), pieces.end()), pieces.end());
  return pieces;
}

std::vector<uint32_t> joined(const Pieces& pieces) {
  std::vector<uint32_t> words;
  for (const auto& piece : pieces) words.insert(words.end(), piece.begin(), piece.end());
  return words;
}

Overlap set_overlap(size_t answer, size_t reference, size_t shared) {
  double both = static_cast<double>(shared);
  double precision = answer == 0 ? 0 : both / static_cast<double>(answer);
  double recall = reference == 0 ? 0 : both / static_cast<double>(reference);
  return {precision, recall, 2.0 * ((precision * recall) / (precision + recall + 1e-8))};
}

size_t distinct_words(const Pieces& pieces, size_t kinds) {
  std::vector<bool> seen(kinds, false);
  size_t count = 0;
  for (const auto& piece : pieces)
    for (uint32_t word : piece)
      if (!seen[word]) seen[word] = true, ++count;
  return count;
}

}  // namespace

SetRouge::SetRouge(std::string_view answer, std::string_view reference) {
  WordIds ids((answer.size() + reference.size()) / 5);
  answer_ = pieces_of(answer, ids);
  reference_ = pieces_of(reference, ids);
  words_ = ids.size();
}

std::optional<Overlap> SetRouge::n(int length) const {
  if (answer_.empty() || reference_.empty()) return std::nullopt;
  GramSets sets = distinct_grams(joined(answer_), joined(reference_), static_cast<size_t>(length));
  return set_overlap(sets.answer, sets.reference, sets.shared);
}

std::optional<Overlap> SetRouge::l(size_t deepest) const {
  if (answer_.empty() || reference_.empty()) return std::nullopt;
  const Pieces left = without_repeats(answer_), right = without_repeats(reference_);
  std::vector<CommonSubsequence> columns(left.begin(), left.end());
  std::vector<bool> in_union(words_, false);
  size_t shared = 0;
  for (const auto& piece : right)
    for (const CommonSubsequence& other : columns) {
      CommonSubsequence::Path path = other.path(piece);
      if (path.steps >= deepest) return std::nullopt;
      for (size_t row : path.rows)
        if (!in_union[piece[row]]) in_union[piece[row]] = true, ++shared;
    }
  return set_overlap(distinct_words(left, words_), distinct_words(right, words_), shared);
}

std::optional<Overlap> set_rouge_n(std::string_view answer, std::string_view reference, int n) {
  return SetRouge(answer, reference).n(n);
}

std::optional<Overlap> set_rouge_l(std::string_view answer, std::string_view reference,
                                   size_t deepest) {
  return SetRouge(answer, reference).l(deepest);
}

}  // namespace loom
