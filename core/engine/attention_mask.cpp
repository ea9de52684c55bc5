#include "core/engine/attention_mask.h"

#include <ATen/TensorOperators.h>
#include <ATen/ops/arange.h>
#include <ATen/ops/zeros.h>

#include <cmath>

namespace loom {

int64_t first_seen(int64_t total, int64_t tokens, const AttentionSettings& settings) {
  return settings.window > 0 ? std::max<int64_t>(0, total - tokens - settings.window + 1) : 0;
}

at::Tensor added_mask(int64_t first, int64_t total, int64_t tokens, const AttentionSettings& settings,
                      c10::Device device) {
  auto options = at::TensorOptions().device(device).dtype(at::kLong);
  at::Tensor rows = at::arange(total - tokens, total, options).unsqueeze(1);
  at::Tensor columns = at::arange(first, total, options).unsqueeze(0);
  at::Tensor seen = rows >= columns;
  if (settings.window > 0) seen = seen.logical_and(columns > rows - settings.window);
  return at::zeros(seen.sizes(), seen.options().dtype(at::kFloat)).masked_fill(seen.logical_not(), -INFINITY);
}

}  // namespace loom
