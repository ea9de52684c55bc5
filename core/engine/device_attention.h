// Attention where ATen's fused kernels of a device do the work, and plain matrix products where they
// cannot: fp32, bent scores, wide heads. Called by attention.h for tensors that are not on the CPU;
// the plain products run on the CPU as well, so tests check them there.
#pragma once

#include "core/engine/attention.h"

namespace loom {

// As attend_chunk(): keys and values are read in place where the pages lie side by side.
at::Tensor chunk_on_device(const at::Tensor& q, const KvSequence& sequence, int64_t layer,
                           const AttentionSettings& settings);

// As attend_step(). What a sequence shares with others, KvSequence::head_tokens(), is read once for
// all rows that share it, always by kDecodeRows rows whatever the batch; the rest row by row. Both
// are merged by their sums, so a row's bits depend on its own sequence only.
at::Tensor step_on_device(const at::Tensor& q, std::span<KvSequence* const> sequences, int64_t layer,
                          const AttentionSettings& settings);

}  // namespace loom
