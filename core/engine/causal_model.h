// The narrow interface of an architecture: prefill one chunk into a cache, decode one token for a
// batch of caches, and logits of hidden states.
#pragma once

#include <ATen/core/Tensor.h>

#include <memory>
#include <span>

#include "core/base/generation.h"
#include "core/engine/kv_cache.h"

namespace loom {

struct ModelShape {
  std::string architecture;
  int64_t vocabulary = 0, hidden = 0, window_tokens = 0;
  KvShape kv;
  uint64_t weight_bytes = 0;  // as held in memory
};

class CausalModel {
 public:
  virtual ~CausalModel() = default;
  virtual const ModelShape& shape() const = 0;
  virtual const ComputeDevice& device() const = 0;
  // Runs ids through the layers behind what `sequence` holds, appending to it; never across a page's
  // end. Hidden states after the last norm, [ids, hidden].
  virtual at::Tensor prefill(std::span<const TokenId> ids, KvSequence& sequence) const = 0;
  // One id per sequence. Hidden states [sequences, hidden].
  virtual at::Tensor decode(std::span<const TokenId> ids, std::span<KvSequence* const> sequences) const = 0;
  // hidden [rows, hidden] → fp32 logits on the CPU [rows, vocabulary].
  virtual at::Tensor logits(const at::Tensor& hidden) const = 0;
  // Prefixes may be shared among prompts of one variant only: where the rotation depends on a
  // prompt's length, equal ids alone do not give equal keys.
  virtual int64_t variant(int64_t /*prompt_tokens*/) const { return 0; }
  // Whether a sequence that reaches `tokens` while it is decoded has to be computed anew from its
  // start, as the reference does where its rotation changes.
  virtual bool restarts_at(int64_t /*tokens*/) const { return false; }
};

}  // namespace loom
