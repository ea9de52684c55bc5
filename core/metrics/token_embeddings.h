// Where the hidden states come from that BERTScore compares: an encoder in an engine, or vectors
// made by a test. Metrics see this interface and no model.
#pragma once

#include <span>
#include <stop_token>

#include "core/base/embeddings.h"

namespace loom {

class TokenEmbeddings {
 public:
  virtual ~TokenEmbeddings() = default;
  // The ids that embed() gives rows for, the encoder's own first and last tokens among them.
  virtual std::vector<TokenId> ids(const std::string& text) const = 0;
  // With a row for every token.
  virtual Result<Embeddings> embed(std::span<const std::string> texts, std::stop_token stop) = 0;
};

}  // namespace loom
