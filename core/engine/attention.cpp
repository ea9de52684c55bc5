#include "core/engine/attention.h"

#include "core/engine/cpu_attention.h"
#include "core/engine/device_attention.h"

namespace loom {

at::Tensor attend_chunk(const at::Tensor& q, const KvSequence& sequence, int64_t layer,
                        const AttentionSettings& settings) {
  return q.is_cpu() ? chunk_on_cpu(q, sequence, layer, settings)
                    : chunk_on_device(q, sequence, layer, settings);
}

at::Tensor attend_step(const at::Tensor& q, std::span<KvSequence* const> sequences, int64_t layer,
                       const AttentionSettings& settings) {
  return q.is_cpu() ? step_on_cpu(q.contiguous(), sequences, layer, settings)
                    : step_on_device(q, sequences, layer, settings);
}

}  // namespace loom
