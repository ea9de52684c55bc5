// Causal attention of new tokens over a paged cache, with grouped queries (Ainslie et al. 2023,
// arXiv 2305.13245): query head h reads key head h / group.
#pragma once

#include <ATen/core/Tensor.h>

#include <span>

#include "core/engine/kv_cache.h"

namespace loom {

struct AttentionSettings {
  double scale = 1;     // of the scores
  double soft_cap = 0;  // above 0: scores are bent to stay within it
  int64_t window = 0;   // a token sees itself and the window - 1 tokens before it; 0: all of them
};

// One chunk whose keys and values are already in the last page of `sequence`, layer `layer`.
// q [tokens, heads, head_dim] → [tokens, heads, head_dim].
at::Tensor attend_chunk(const at::Tensor& q, const KvSequence& sequence, int64_t layer,
                        const AttentionSettings& settings);

// One token of each sequence. Pages that several sequences share are read once. A row's bits depend
// on its own sequence only: pages give partial sums that are merged in page order.
// q [rows, heads, head_dim] → the same shape.
at::Tensor attend_step(const at::Tensor& q, std::span<KvSequence* const> sequences, int64_t layer,
                       const AttentionSettings& settings);

}  // namespace loom
