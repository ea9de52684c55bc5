// The longest token at each place, over bytes: RWKV's World vocabularies.
#pragma once

#include "core/tokenizer/byte_trie.h"
#include "core/tokenizer/token_model.h"

namespace loom {

class GreedyModel : public TokenModel {
 public:
  explicit GreedyModel(ByteTrie trie) : trie_(std::move(trie)) {}
  void encode(std::string_view piece, std::vector<TokenId>& ids) const override {
    for (size_t at = 0; at < piece.size();) {
      ByteTrie::Match match = trie_.longest(piece, at);
      if (match.bytes > 0) ids.push_back(match.value);
      at += match.bytes > 0 ? match.bytes : 1;
    }
  }

 private:
  ByteTrie trie_;
};

}  // namespace loom
