#include "core/metrics/ngrams.h"

#include <algorithm>

#include "core/metrics/word_ids.h"

namespace loom {
namespace {

// Each n-gram as the bytes of its numbers, so that WordIds can number it in turn.
std::vector<std::string_view> grams(const NumberedWords& words, size_t n) {
  std::vector<std::string_view> views;
  for (size_t i = 0; i + n <= words.size(); ++i)
    views.emplace_back(reinterpret_cast<const char*>(&words[i]), n * sizeof(uint32_t));
  return views;
}

std::vector<size_t> counts(const NumberedWords& grams, size_t kinds) {
  std::vector<size_t> found(kinds, 0);
  for (uint32_t gram : grams)
    if (gram < kinds) ++found[gram];
  return found;
}

}  // namespace

GramMatch clipped_match(const NumberedWords& answer, std::span<const NumberedWords> references,
                        size_t n) {
  GramMatch match;
  WordIds ids(answer.size());
  auto ours = ids.ids(grams(answer, n));
  match.total = ours.size();
  auto our_counts = counts(ours, ids.size());
  std::vector<size_t> most(our_counts.size(), 0);
  for (const NumberedWords& reference : references) {
    auto theirs = counts(ids.ids(grams(reference, n)), most.size());
    for (size_t i = 0; i < most.size(); ++i) most[i] = std::max(most[i], theirs[i]);
  }
  for (size_t i = 0; i < most.size(); ++i) match.shared += std::min(our_counts[i], most[i]);
  return match;
}

GramSets distinct_grams(const NumberedWords& answer, const NumberedWords& reference, size_t n) {
  GramSets sets;
  WordIds ids(answer.size() + reference.size());
  ids.ids(grams(answer, n));
  sets.answer = ids.size();
  auto theirs = ids.ids(grams(reference, n));
  std::vector<bool> seen(ids.size(), false);
  for (uint32_t gram : theirs) {
    if (seen[gram]) continue;
    seen[gram] = true;
    ++sets.reference;
    sets.shared += gram < sets.answer;
  }
  return sets;
}

}  // namespace loom
