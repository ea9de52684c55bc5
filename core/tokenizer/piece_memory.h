// What pieces became, so that a word that returns is looked up and not merged again. A thread's
// own; bounded; begins anew when another tokenizer uses it.
#pragma once

#include <algorithm>
#include <array>
#include <cstring>
#include <string_view>
#include <vector>

#include "core/base/generation.h"

namespace loom {

// Pieces of up to kWords * 8 bytes.
template <size_t kWords, size_t kSlots>
class PieceTable {
 public:
  static constexpr size_t kLongest = kWords * 8;

  bool full() const { return used_ >= kSlots / 2; }
  void clear() {
    slots_.assign(kSlots, {});
    ids_.clear();
    used_ = 0;
  }
  // `encode(piece, ids)` is asked for pieces that are new.
  template <typename Encode>
  void append(std::string_view piece, std::vector<TokenId>& out, Encode encode) {
    Slot* slot = find(key_of(piece), static_cast<uint8_t>(piece.size()));
    if (!slot) return encode(piece, out);
    if (slot->bytes == 0) {
      if (full()) return encode(piece, out);
      remember(*slot, piece, encode);
    }
    if (slot->count == 1) {
      out.push_back(slot->ids[0]);
    } else {
      const TokenId* first = slot->count <= kInside ? slot->ids : ids_.data() + slot->ids[0];
      out.insert(out.end(), first, first + slot->count);
    }
  }

 private:
  using Key = std::array<uint64_t, kWords>;
  static constexpr size_t kInside = 3;
  static constexpr int kProbes = 8;  // hostile texts can fill a neighbourhood
  struct Slot {
    Key key{};
    uint8_t bytes = 0, count = 0;
    TokenId ids[kInside] = {};  // or, of more than fit, where they begin
  };
  // Whole words that may overlap: with the number of bytes beside them they tell all pieces apart.
  static Key key_of(std::string_view piece) {
    Key key{};
    const char* text = piece.data();
    const size_t bytes = piece.size();
    auto load = [text](size_t at, auto word) {
      std::memcpy(&word, text + at, sizeof word);
      return static_cast<uint64_t>(word);
    };
    if (bytes >= 8) {
      for (size_t word = 0; word + 1 < kWords && (word + 1) * 8 <= bytes; ++word)
        key[word] = load(word * 8, uint64_t{});
      key[kWords - 1] = load(bytes - 8, uint64_t{});
    } else if (bytes >= 4) {
      key[0] = load(0, uint32_t{}) << 32 | load(bytes - 4, uint32_t{});
    } else {
      key[0] =
          load(0, uint8_t{}) << 16 | load(bytes / 2, uint8_t{}) << 8 | load(bytes - 1, uint8_t{});
    }
    return key;
  }
  // The piece's slot or the free one for it; nothing where too many others lie.
  Slot* find(const Key& key, uint8_t bytes) {
    uint64_t mixed = bytes;
    for (uint64_t word : key) mixed = (mixed ^ word) * 0x9e3779b97f4a7c15ULL, mixed ^= mixed >> 32;
    size_t at = static_cast<size_t>(mixed);
    for (int probe = 0; probe < kProbes; ++probe, ++at) {
      Slot& slot = slots_[at & (kSlots - 1)];
      if (slot.bytes == 0 || (slot.bytes == bytes && slot.key == key)) return &slot;
    }
    return nullptr;
  }
  template <typename Encode>
  void remember(Slot& slot, std::string_view piece, Encode encode) {
    const size_t begin = ids_.size();
    encode(piece, ids_);
    slot.count = static_cast<uint8_t>(ids_.size() - begin);
    slot.bytes = static_cast<uint8_t>(piece.size());
    slot.key = key_of(piece);
    if (slot.count <= kInside) {
      std::copy(ids_.begin() + static_cast<ptrdiff_t>(begin), ids_.end(), slot.ids);
      ids_.resize(begin);
    } else {
      slot.ids[0] = static_cast<TokenId>(begin);
    }
    ++used_;
  }
  std::vector<Slot> slots_;
  std::vector<TokenId> ids_;
  size_t used_ = 0;
};

class PieceMemory {
 public:
  void use(uint64_t owner) {
    if (owner != owner_ || short_.full()) short_.clear();
    if (owner != owner_ || long_.full()) long_.clear();
    owner_ = owner;
  }
  template <typename Encode>
  void append(std::string_view piece, std::vector<TokenId>& out, Encode encode) {
    if (piece.size() <= short_.kLongest) return short_.append(piece, out, encode);
    if (piece.size() <= long_.kLongest) return long_.append(piece, out, encode);
    encode(piece, out);
  }

 private:
  PieceTable<2, 1 << 16> short_;
  PieceTable<4, 1 << 13> long_;
  uint64_t owner_ = 0;
};

}  // namespace loom
