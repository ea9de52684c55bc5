#include "core/engine/answer.h"

#include <algorithm>

namespace loom {

Answer::Answer(const GenerationRequest& asked, const CausalModel& model, const Tokenizer* tokenizer)
    : request(&asked), state(model.shape().kv, model.device()), sampler(asked.decoding, asked.ids) {
  forget(model, tokenizer);
}

void Answer::forget(const CausalModel& model, const Tokenizer* tokenizer) {
  state = KvSequence(model.shape().kv, model.device());
  sampler = Sampler(request->decoding, request->ids);
  decoder.reset();
  if (tokenizer) decoder.emplace(*tokenizer);
  // The time that was spent stays spent.
  const Timings spent = result.timings;
  result = {};
  result.id = request->id;
  result.timings = spent;
  last_logits = at::Tensor();
  next = 0;
  done = false;
}

size_t Answer::most_tokens() const {
  return request->ids.size() + static_cast<size_t>(std::max(request->max_new_tokens, 0));
}

}  // namespace loom
