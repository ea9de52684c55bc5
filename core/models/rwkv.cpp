#include "core/models/rwkv.h"

#include <ATen/TensorOperators.h>

#include "core/engine/operations.h"
#include "core/engine/recurrence.h"

namespace loom {

at::Tensor change_to_before(const at::Tensor& x, size_t state, const SequenceRows& rows) {
  at::Tensor before =
      rows.each(state, [&](const auto& mine, at::Tensor& last) { return shifted(mine(x), last); });
  return before - x;
}

at::Tensor norm_heads(const at::Tensor& x, const Norm& norm, double epsilon) {
  at::Tensor normed = layer_norm(x, {}, {}, epsilon).reshape({x.size(0), x.size(1) * x.size(2)});
  return normed * norm.weight + norm.bias;
}

void add_rwkv_states(KvShape& shape, const ModelConfig& config) {
  shape.states.push_back({config.hidden});
  shape.states.push_back({config.heads, config.head_dim, config.head_dim});
  shape.states.push_back({config.hidden});
}

}  // namespace loom
