// Byte-pair encoding of one piece (Sennrich et al. 2016): start from bytes or characters, merge the
// pair of lowest rank, leftmost first, until none is left.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/tokenizer/token_model.h"

namespace loom {

struct BpeMerge {
  TokenId left, right, result;
  uint32_t rank;
};

struct BpeRules {
  // What a symbol must read to become this id: raw bytes or text. Empty: no symbol does.
  std::vector<std::string> tokens;
  std::vector<BpeMerge> merges;
  bool from_bytes = true;      // symbols start as bytes, else as characters
  bool ignore_merges = false;  // a piece that is a token stays whole
  // For characters that are no token:
  std::vector<TokenId> byte_ids;  // <0x00> to <0xFF>, -1 where there is none; empty: not by bytes
  std::optional<TokenId> unknown;
  bool fuse_unknown = false;
  std::string continuing_prefix, end_suffix;
};

class BpeModel : public TokenModel {
 public:
  explicit BpeModel(BpeRules rules);
  void encode(std::string_view piece, std::vector<TokenId>& ids) const override;

 private:
  struct Slot {
    uint64_t pair = UINT64_MAX;
    uint32_t rank = 0;
    TokenId result = 0;
  };
  const Slot* find(TokenId left, TokenId right) const;
  void place_merges();
  void mark_seams();
  void encode_bytes(std::string_view bytes, std::vector<TokenId>& ids) const;
  TokenId token(std::string_view text) const;
  TokenId character(std::string_view text, bool first, bool last) const;
  void symbols_of_characters(std::string_view piece, std::vector<TokenId>& symbols) const;
  template <typename First>
  size_t merge_short(TokenId* symbols, size_t count, First first) const;
  void merge_long(std::vector<TokenId>& symbols) const;

  BpeRules rules_;
  std::unordered_map<std::string_view, TokenId> index_;
  TokenId byte_ids_[256];
  // When symbols start as bytes, by the byte before and the byte after a place: whether any merge
  // can join what lies there (none: pieces are cut there), and the merge of the two bytes
  // themselves.
  std::vector<uint8_t> joins_;
  std::vector<uint32_t> byte_pairs_;  // place in slots_, or kNone
  std::vector<TokenId> characters_;   // of the basic plane, when symbols start as characters
  std::vector<Slot> slots_;           // open addressing, a power of two
};

// Every way to split a token into two others, ranked by the token: the merges of vocabularies that
// come as a list of tokens in order of rank (equal ranks merge leftmost first).
std::vector<BpeMerge> merges_of_ranked_tokens(const std::vector<std::string>& tokens,
                                              const std::vector<uint32_t>& ranks);

}  // namespace loom
