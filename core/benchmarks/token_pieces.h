// Pieces of text with their token counts, so that the length of a prompt is a sum.
#pragma once

#include <cstdint>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

#include "core/tokenizer/tokenizer.h"

namespace loom {

struct Piece {
  std::string text;  // with the separator in front
  uint32_t tokens = 0;
};

// Counts what a piece adds behind a sentence that ends in a full stop, or another text. Tokenizers
// split at white space first, so these counts add up; whoever sums them checks the sum against the
// whole.
class PieceMeter {
 public:
  explicit PieceMeter(const Tokenizer& tokenizer, std::string before = "Here.");
  uint32_t tokens(const std::string& piece) const;
  Piece piece(std::string text) const;
  std::vector<Piece> pieces(std::vector<std::string> texts, std::stop_token stop) const;

 private:
  const Tokenizer& tokenizer_;
  std::string before_;
  size_t before_tokens_;
};

}  // namespace loom
