// How much of a prompt is computed when the one before it in the engine's order has been. One rule
// for the engine, which decodes such prompts together, and for the forecast.
#pragma once

#include <span>

#include "core/base/generation.h"

namespace loom {

struct PromptTokens {
  std::span<const TokenId> ids;
  size_t context_end = 0;  // tokens of the document that others may share; 0: none
};

// Leading tokens of `next` that `before` has in common with it: whole chunks, or their document
// where both end it at the same place. The last token is always computed.
size_t shared_prefix(const PromptTokens& before, const PromptTokens& next, size_t chunk_tokens);

}  // namespace loom
