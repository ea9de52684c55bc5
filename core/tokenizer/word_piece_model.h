// WordPiece: the longest token that fits, again and again (Schuster and Nakajima 2012, as BERT has it).
#pragma once

#include <optional>
#include <string>

#include "core/tokenizer/byte_trie.h"
#include "core/tokenizer/token_model.h"

namespace loom {

class WordPieceModel : public TokenModel {
 public:
  // A word of more characters than `most_characters`, or one that cannot be covered, is unknown.
  WordPieceModel(const std::vector<std::string>& tokens, std::string continuing_prefix, TokenId unknown,
                 size_t most_characters);
  void encode(std::string_view piece, std::vector<TokenId>& ids) const override;

 private:
  ByteTrie first_, continuing_;
  TokenId unknown_;
  size_t most_characters_;
};

}  // namespace loom
