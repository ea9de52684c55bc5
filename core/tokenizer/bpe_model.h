// Byte-pair encoding of one piece (Sennrich et al. 2016): start from bytes, merge the pair of lowest
// rank, leftmost first, until none is left.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/base/generation.h"

namespace loom {

class BpeModel {
 public:
  // `tokens[id]` are raw bytes; merges are pairs of ids with the id they make, in order of rank.
  struct Merge {
    TokenId left, right, result;
  };
  BpeModel(std::vector<std::string> tokens, const std::vector<Merge>& merges, bool ignore_merges);

  void encode(std::string_view piece, std::vector<TokenId>& ids) const;
  const std::string& bytes(TokenId id) const { return tokens_[static_cast<size_t>(id)]; }
  size_t size() const { return tokens_.size(); }
  const std::unordered_map<std::string_view, TokenId>& index() const { return index_; }

 private:
  struct Slot {
    uint64_t pair = UINT64_MAX;
    uint32_t rank = 0;
    TokenId result = 0;
  };
  const Slot* find(TokenId left, TokenId right) const;
  void merge_short(std::vector<TokenId>& symbols) const;
  void merge_long(std::vector<TokenId>& symbols) const;

  std::vector<std::string> tokens_;
  std::unordered_map<std::string_view, TokenId> index_;
  TokenId byte_ids_[256];
  std::vector<Slot> slots_;  // open addressing, a power of two
  bool ignore_merges_;
};

}  // namespace loom
