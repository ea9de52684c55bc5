// One request on its way through the generator.
#pragma once

#include <ATen/core/Tensor.h>

#include <optional>
#include <vector>

#include "core/engine/causal_model.h"
#include "core/engine/sampler.h"
#include "core/tokenizer/tokenizer.h"

namespace loom {

struct Answer {
  Answer(const GenerationRequest& asked, const CausalModel& model, const Tokenizer* tokenizer);
  // Gives up what was computed, and with it its memory; computed once more it becomes the same.
  void forget(const CausalModel& model, const Tokenizer* tokenizer);
  size_t most_tokens() const;  // of the prompt and the longest answer

  const GenerationRequest* request;
  std::vector<TokenId> end_tokens;  // each of them ends it
  KvSequence state;
  Sampler sampler;
  std::optional<StreamDecoder> decoder;
  GenerationResult result;
  at::Tensor last_logits;
  TokenId next = 0;
  bool done = false;
  bool started = false;
  bool last_chance = false;  // nothing is left to give up for it
  size_t told = 0;           // bytes of its text that the observer has
};

}  // namespace loom
