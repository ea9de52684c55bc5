// Chooses the next token. Greedy takes the first of equal maxima; sampling applies temperature,
// top-k, top-p and min-p in this order and draws with the request's own generator.
#pragma once

#include <span>

#include "core/base/generation.h"
#include "core/base/random.h"

namespace loom {

class Sampler {
 public:
  explicit Sampler(const DecodingSettings& settings) : settings_(settings), random_(settings.seed, "sampler") {}
  TokenId choose(std::span<const float> logits);

 private:
  DecodingSettings settings_;
  Random random_;
};

}  // namespace loom
