#include <ATen/Parallel.h>
#include <ATen/ops/empty.h>

#include "core/engine/dequantise.h"
#include "core/engine/packed_weights.h"

namespace loom {
namespace {

constexpr std::string_view kInverseScale = ".weight_scale_inv";

Result<at::Tensor> unpack(const TensorInfo& weight, const TensorInfo& factors, int64_t rows,
                          int64_t columns) {
  at::Tensor wide = at::empty(weight.shape, at::kFloat),
             factor = at::empty(factors.shape, at::kFloat);
  LOOM_CHECK(dequantise(weight, wide.mutable_data_ptr<float>()));
  LOOM_CHECK(dequantise(factors, factor.mutable_data_ptr<float>()));
  const int64_t outputs = weight.shape[0], inputs = weight.shape[1], blocks = factors.shape[1];
  at::Tensor made = at::empty(weight.shape, at::kBFloat16);
  const float *from = wide.const_data_ptr<float>(), *scale = factor.const_data_ptr<float>();
  auto* to = made.mutable_data_ptr<at::BFloat16>();
  at::parallel_for(0, outputs, 64, [&](int64_t begin, int64_t end) {
    for (int64_t out = begin; out < end; ++out)
      for (int64_t in = 0; in < inputs; ++in)
        to[out * inputs + in] = static_cast<at::BFloat16>(
            from[out * inputs + in] * scale[out / rows * blocks + in / columns]);
  });
  return made;
}

}  // namespace

Status unpack_fp8_blocks(Weights& weights, int64_t rows, int64_t columns) {
  for (const std::string& name : weights.stored_names()) {
    if (!name.ends_with(kInverseScale)) continue;
    const std::string base = name.substr(0, name.size() - kInverseScale.size()) + ".weight";
    const TensorInfo *factors = weights.stored(name), *weight = weights.stored(base);
    if (!weight) return misfit(base, "is missing");
    if (weight->type != WeightType::f8_e4m3 || weight->shape.size() != 2)
      return misfit(base, "is not an fp8 matrix");
    const std::vector<int64_t> blocks = {(weight->shape[0] + rows - 1) / rows,
                                         (weight->shape[1] + columns - 1) / columns};
    if (factors->shape != blocks) return misfit(name, "does not fit its blocks");
    weights.derive(base, {name, base},
                   {weight->shape,
                    [weight = *weight, factors = *factors, rows, columns,
                     keep = weights.mappings()] { return unpack(weight, factors, rows, columns); },
                    at::kBFloat16});
  }
  return {};
}

}  // namespace loom
