#include "core/metrics/ngrams.h"

#include <algorithm>
#include <bit>

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

constexpr uint32_t kUnknown = UINT32_MAX;

// Numbers for pairs of numbers: an n-gram is an (n-1)-gram and a word.
class PairIds {
 public:
  explicit PairIds(size_t expected) : slots_(std::bit_ceil(expected * 2 + 8)) {}
  // kUnknown: the pair was never added.
  uint32_t find(uint32_t left, uint32_t right) const { return slots_[place(left, right)].id; }
  uint32_t add(uint32_t left, uint32_t right) {
    Slot& slot = slots_[place(left, right)];
    if (slot.id == kUnknown) slot = {uint64_t{left} << 32 | right, size_++};
    return slot.id;
  }
  uint32_t size() const { return size_; }

 private:
  struct Slot {
    uint64_t key = 0;
    uint32_t id = kUnknown;
  };
  size_t place(uint32_t left, uint32_t right) const {
    const uint64_t key = uint64_t{left} << 32 | right, mask = slots_.size() - 1;
    uint64_t at = ((key * 0x9E3779B97F4A7C15ull) >> 20) & mask;
    while (slots_[at].id != kUnknown && slots_[at].key != key) at = (at + 1) & mask;
    return at;
  }
  std::vector<Slot> slots_;
  uint32_t size_ = 0;
};

// What a reference adds to `most`: its n-grams that the answer has as well.
void raise(const NumberedWords& grams, std::vector<uint32_t>& count, std::vector<uint32_t>& most) {
  std::fill(count.begin(), count.end(), 0);
  for (uint32_t gram : grams)
    if (gram < count.size()) most[gram] = std::max(most[gram], ++count[gram]);
}

GramMatch match_of(const NumberedWords& ours, const std::vector<NumberedWords>& theirs,
                   uint32_t kinds) {
  std::vector<uint32_t> count(kinds), most(kinds, 0);
  for (const NumberedWords& grams : theirs) raise(grams, count, most);
  GramMatch match{0, ours.size()};
  for (uint32_t gram : ours)
    if (most[gram] > 0) --most[gram], ++match.shared;
  return match;
}

}  // namespace

std::vector<GramMatch> clipped_matches(const NumberedWords& answer,
                                       std::span<const NumberedWords> references, size_t longest) {
  std::vector<GramMatch> matches(longest);
  NumberedWords ours = answer;
  std::vector<NumberedWords> theirs(references.begin(), references.end());
  uint32_t kinds = 0;
  for (uint32_t word : answer) kinds = std::max(kinds, word + 1);
  for (size_t n = 1; n <= longest; ++n) {
    if (n > 1) {
      PairIds ids(ours.size());
      for (size_t i = 0; i + n <= answer.size(); ++i) ours[i] = ids.add(ours[i], answer[i + n - 1]);
      ours.resize(answer.size() < n ? 0 : answer.size() - n + 1);
      for (size_t r = 0; r < theirs.size(); ++r) {
        const size_t left = references[r].size() < n ? 0 : references[r].size() - n + 1;
        for (size_t i = 0; i < left; ++i)
          if (theirs[r][i] != kUnknown)
            theirs[r][i] = ids.find(theirs[r][i], references[r][i + n - 1]);
        theirs[r].resize(left);
      }
      kinds = ids.size();
    }
    matches[n - 1] = match_of(ours, theirs, kinds);
  }
  return matches;
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
