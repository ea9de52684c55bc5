// Chooses the next token. Greedy takes the first of equal maxima; sampling applies temperature,
// top-k, top-p and min-p in this order and draws with the request's own generator. Before both the
// penalty for repetition works as in the transformers library: each token of the prompt and the
// answer counts once, positive logits are divided by the penalty, negative ones multiplied.
#pragma once

#include <span>
#include <unordered_set>

#include "core/base/generation.h"
#include "core/base/random.h"

namespace loom {

class Sampler {
 public:
  Sampler(const DecodingSettings& settings, std::span<const TokenId> prompt);
  // `barred` is what may not be chosen this time.
  TokenId choose(std::span<const float> logits, std::span<const TokenId> barred = {});

 private:
  bool penalises() const;
  TokenId pick(std::span<const float> logits);

  DecodingSettings settings_;
  Random random_;
  std::unordered_set<TokenId> seen_;  // empty unless it penalises
  std::vector<float> changed_;
};

}  // namespace loom
