// Tokens that are found in the text before it is split: special tokens and a user's own.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/base/generation.h"
#include "core/tokenizer/byte_trie.h"

namespace loom {

struct AddedToken {
  TokenId id = 0;
  std::string text;
  std::string sought;  // what is looked for: the text, or its normal form when `normalised`
  bool special = false, strip_left = false, strip_right = false, single_word = false;
  bool normalised = false;  // looked for in the normalised text
  bool operator==(const AddedToken&) const = default;
};

class AddedTokens {
 public:
  explicit AddedTokens(std::vector<AddedToken> tokens = {});
  struct Span {
    std::string_view text;          // between tokens, or the token's own place
    const AddedToken* token = nullptr;
  };
  // Leftmost, longest first. Tokens whose `normalised` differs from the argument are passed over.
  std::vector<Span> split(std::string_view text, bool normalised) const;
  const AddedToken* find(TokenId id) const;
  const std::vector<AddedToken>& all() const { return tokens_; }

 private:
  std::vector<AddedToken> tokens_;
  std::unordered_map<TokenId, size_t> by_id_;
  ByteTrie tries_[2];  // by `normalised`
  bool begins_[2][256] = {};
};

}  // namespace loom
