// How likely a model finds given continuations of prompts: what perplexity is made of. Plain values
// that cross processes, as in generation.h.
#pragma once

#include <functional>
#include <vector>

#include "core/base/generation.h"

namespace loom {

struct LikelihoodRequest {
  uint64_t id = 0;                    // chosen by the caller, unique within one call
  std::vector<TokenId> prompt;        // the whole prompt, special tokens included
  size_t context_end = 0;             // as GenerationRequest::context_end
  std::vector<TokenId> continuation;  // whose tokens are looked up, each behind those before it
};

struct Likelihood {
  double log_probability = 0;  // natural logarithm, the sum over the continuation's tokens
  size_t tokens = 0;           // of the continuation
  size_t tokens_prefilled = 0, tokens_reused = 0;  // as in GenerationResult
  double seconds = 0;
};

// Called on the calling thread, once per request.
using LikelihoodFinished = std::function<void(uint64_t id, Result<Likelihood> result)>;

}  // namespace loom
