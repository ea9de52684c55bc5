#include "core/metrics/word_ids.h"

#include <bit>
#include <cstring>

namespace loom {
namespace {

// Eight bytes a step; only spreads words over slots, so its exact values mean nothing.
uint64_t hash_of(std::string_view word) {
  uint64_t hash = 0x9E3779B97F4A7C15ull ^ word.size();
  while (word.size() >= 8) {
    uint64_t part;
    std::memcpy(&part, word.data(), 8);
    hash = std::rotl((hash ^ part) * 0xFF51AFD7ED558CCDull, 31);
    word.remove_prefix(8);
  }
  uint64_t part = 0;
  std::memcpy(&part, word.data(), word.size());
  hash = (hash ^ part) * 0xFF51AFD7ED558CCDull;
  return hash ^ (hash >> 29);
}

}  // namespace

WordIds::WordIds(size_t words_expected) : slots_(std::bit_ceil(words_expected * 2 + 8), 0) {
  words_.reserve(words_expected);
}

uint32_t WordIds::id(std::string_view word) {
  uint64_t hash = hash_of(word);
  size_t mask = slots_.size() - 1;
  for (size_t at = hash & mask;; at = (at + 1) & mask) {
    uint32_t slot = slots_[at];
    if (slot == 0) {
      words_.push_back({hash, word});
      slots_[at] = static_cast<uint32_t>(words_.size());
      if (words_.size() * 2 > slots_.size()) grow();
      return static_cast<uint32_t>(words_.size() - 1);
    }
    const Word& known = words_[slot - 1];
    if (known.hash == hash && known.text == word) return slot - 1;
  }
}

std::optional<uint32_t> WordIds::find(std::string_view word) const {
  const uint64_t hash = hash_of(word);
  const size_t mask = slots_.size() - 1;
  for (size_t at = hash & mask; slots_[at] != 0; at = (at + 1) & mask)
    if (const Word& known = words_[slots_[at] - 1]; known.hash == hash && known.text == word)
      return slots_[at] - 1;
  return std::nullopt;
}

void WordIds::grow() {
  slots_.assign(slots_.size() * 2, 0);
  size_t mask = slots_.size() - 1;
  for (size_t i = 0; i < words_.size(); ++i) {
    size_t at = words_[i].hash & mask;
    while (slots_[at] != 0) at = (at + 1) & mask;
    slots_[at] = static_cast<uint32_t>(i + 1);
  }
}

std::vector<uint32_t> WordIds::ids(const std::vector<std::string_view>& words) {
  std::vector<uint32_t> result(words.size());
  for (size_t i = 0; i < words.size(); ++i) result[i] = id(words[i]);
  return result;
}

}  // namespace loom
