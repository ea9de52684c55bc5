// What pieces became, so that a word that returns is looked up and not merged again. A thread's own;
// bounded; begins anew when another tokenizer uses it.
#pragma once

#include <cstring>
#include <string_view>
#include <vector>

#include "core/base/generation.h"

namespace loom {

class PieceMemory {
 public:
  static constexpr size_t kLongest = 32;

  void use(uint64_t owner) {
    if (owner == owner_ && used_ < kSlots / 2) return;
    slots_.assign(kSlots, {});
    ids_.clear();
    used_ = 0;
    owner_ = owner;
  }
  // `encode(piece, ids)` is asked for pieces that are new.
  template <typename Encode>
  void append(std::string_view piece, std::vector<TokenId>& out, Encode encode) {
    if (piece.size() > kLongest) return encode(piece, out);
    char key[kLongest] = {};
    std::memcpy(key, piece.data(), piece.size());
    size_t at = hash(key, piece.size()) & (kSlots - 1);
    while (slots_[at].bytes != 0 && (slots_[at].bytes != piece.size() || std::memcmp(slots_[at].key, key, kLongest) != 0))
      at = (at + 1) & (kSlots - 1);
    Slot& slot = slots_[at];
    if (slot.bytes == 0) {
      if (used_ >= kSlots / 2) return encode(piece, out);
      slot.begin = static_cast<uint32_t>(ids_.size());
      encode(piece, ids_);
      slot.count = static_cast<uint16_t>(ids_.size() - slot.begin);
      slot.bytes = static_cast<uint16_t>(piece.size());
      std::memcpy(slot.key, key, kLongest);
      ++used_;
    }
    const TokenId* first = ids_.data() + slot.begin;
    if (slot.count == 1) {
      out.push_back(*first);
    } else {
      out.insert(out.end(), first, first + slot.count);
    }
  }

 private:
  static constexpr size_t kSlots = 1 << 16;
  struct Slot {
    char key[kLongest] = {};
    uint32_t begin = 0;
    uint16_t count = 0, bytes = 0;
  };
  static size_t hash(const char* key, size_t bytes) {
    uint64_t words[kLongest / 8], mixed = bytes;
    std::memcpy(words, key, kLongest);
    for (uint64_t word : words) mixed = (mixed ^ word) * 0x9e3779b97f4a7c15ULL, mixed ^= mixed >> 29;
    return static_cast<size_t>(mixed >> 16);
  }
  uint64_t owner_ = 0;
  std::vector<Slot> slots_;
  std::vector<TokenId> ids_;
  size_t used_ = 0;
};

}  // namespace loom
