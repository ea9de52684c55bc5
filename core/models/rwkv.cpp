#include "core/models/rwkv.h"

#include <ATen/TensorOperators.h>

#include "core/engine/operations.h"
#include "core/engine/recurrence.h"
#include "core/models/architectures.h"

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

// In the order of RwkvState.
StateShapes rwkv_states(const ModelConfig& config) {
  return {{config.hidden}, {config.heads, config.head_dim, config.head_dim}, {config.hidden}};
}

}  // namespace loom
