// Tokens that are found in the text before it is split: special tokens and a user's own.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/generation.h"

namespace loom {

struct AddedToken {
  TokenId id = 0;
  std::string text;
  bool special = false, strip_left = false, strip_right = false, single_word = false;
  bool normalised = false;  // looked for in the normalised text
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
  const AddedToken* match(std::string_view text, size_t at, bool normalised) const;
  std::vector<AddedToken> tokens_;            // longest first
  std::vector<uint16_t> by_first_byte_[256];
};

}  // namespace loom
