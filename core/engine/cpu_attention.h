// Attention on the CPU, fp32, page by page: keys and values are read where they lie, and pages give
// partial sums that are merged in page order. A row's bits depend on its own queries, keys and
// values only, not on the rows beside it. Called by attention.h.
#pragma once

#include "core/engine/attention.h"

namespace loom {

at::Tensor chunk_on_cpu(const at::Tensor& q, const KvSequence& sequence, int64_t layer,
                        const AttentionSettings& settings);
at::Tensor step_on_cpu(const at::Tensor& q, std::span<KvSequence* const> sequences, int64_t layer,
                       const AttentionSettings& settings);

}  // namespace loom
