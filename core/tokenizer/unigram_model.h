// The most probable segmentation under a unigram model (Kudo 2018), by Viterbi's algorithm.
#pragma once

#include <optional>
#include <string>

#include "core/tokenizer/byte_trie.h"
#include "core/tokenizer/token_model.h"

namespace loom {

struct UnigramRules {
  struct Entry {
    std::string text;  // empty: the id stands for no text
    double score = 0;
  };
  std::vector<Entry> entries;  // by id
  std::optional<TokenId> unknown;
  double lowest_score = 0;  // an unknown character costs ten more
  // <0x00> to <0xFF>; -1 where there is none. Empty: unknown characters stay unknown.
  std::vector<TokenId> byte_ids;
  bool single_precision = false;  // scores add up in floats, as SentencePiece has it
};

class UnigramModel : public TokenModel {
 public:
  explicit UnigramModel(UnigramRules rules);
  void encode(std::string_view piece, std::vector<TokenId>& ids) const override;

 private:
  struct Node {
    double score = 0;
    uint32_t from = UINT32_MAX;
    TokenId id = -1;  // -1: unknown
  };
  std::vector<Node> best_paths(std::string_view piece) const;
  void append_unknown(std::string_view text, std::vector<TokenId>& ids) const;
  UnigramRules rules_;
  ByteTrie trie_;
};

}  // namespace loom
