#include "core/engine/operations.h"

#include <ATen/TensorOperators.h>
#include <ATen/Parallel.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/empty_like.h>
#include <ATen/ops/gelu.h>
#include <ATen/ops/layer_norm.h>
#include <ATen/ops/linear.h>
#include <ATen/ops/rsqrt.h>
#include <ATen/ops/silu.h>
#include <ATen/ops/tanh.h>

#include "core/engine/kernels.h"

namespace loom {
namespace {

// A prompt's last chunk can be this short; ATen is slow there and takes another path for one row.
constexpr int64_t kFewRows = 8;

const float* floats(const at::Tensor& tensor) { return tensor.const_data_ptr<float>(); }

}  // namespace

at::Tensor linear(const at::Tensor& x, const at::Tensor& weight, const at::Tensor& bias, bool decode) {
  int64_t rows = x.size(0), k = x.size(1), outputs = weight.size(0);
  if (!x.is_cpu() || (!decode && rows > kFewRows)) return at::linear(x, weight, bias.defined() ? std::optional(bias) : std::nullopt);
  at::Tensor input = x.contiguous();
  at::Tensor y = at::empty({rows, outputs}, at::kFloat);
  float* out = y.mutable_data_ptr<float>();
  const float* shift = bias.defined() ? floats(bias) : nullptr;
  int64_t grain = std::max<int64_t>(1, 32768 / k);
  at::parallel_for(0, outputs, grain, [&](int64_t begin, int64_t end) {
    kernels::table().linear(floats(weight), shift, floats(input), out, begin, end, outputs, k, rows);
  });
  return y;
}

at::Tensor rms_norm(const at::Tensor& x, const at::Tensor& weight, double epsilon) {
  if (!x.is_cpu()) {
    auto wide = x.to(at::kFloat);
    auto normed = wide * at::rsqrt(wide.pow(2).mean(-1, true) + epsilon);
    return (normed * weight.to(at::kFloat)).to(x.scalar_type());
  }
  at::Tensor input = x.contiguous(), y = at::empty_like(input);
  int64_t n = x.size(-1), rows = x.numel() / n;
  float* out = y.mutable_data_ptr<float>();
  at::parallel_for(0, rows, 16, [&](int64_t begin, int64_t end) {
    for (int64_t r = begin; r < end; ++r)
      kernels::table().rms_norm(floats(input) + r * n, floats(weight), out + r * n, n, static_cast<float>(epsilon));
  });
  return y;
}

at::Tensor layer_norm(const at::Tensor& x, const at::Tensor& weight, const at::Tensor& bias, double epsilon) {
  return at::layer_norm(x.contiguous(), {x.size(-1)}, weight, bias.defined() ? std::optional(bias) : std::nullopt, epsilon);
}

namespace {

using GatedKernel = void (*)(float*, const float*, int64_t);

at::Tensor gated(at::Tensor gate, const at::Tensor& up, GatedKernel kernel) {
  gate = gate.contiguous();
  at::Tensor other = up.contiguous();
  int64_t n = gate.size(-1), rows = gate.numel() / n;
  float* data = gate.mutable_data_ptr<float>();
  at::parallel_for(0, rows, 4, [&](int64_t begin, int64_t end) {
    for (int64_t r = begin; r < end; ++r) kernel(data + r * n, floats(other) + r * n, n);
  });
  return gate;
}

}  // namespace

at::Tensor swiglu(at::Tensor gate, const at::Tensor& up) {
  if (!gate.is_cpu()) return at::silu(gate) * up;
  return gated(std::move(gate), up, kernels::table().swiglu);
}

at::Tensor geglu(at::Tensor gate, const at::Tensor& up) {
  if (!gate.is_cpu()) return at::gelu(gate, "tanh") * up;
  return gated(std::move(gate), up, kernels::table().geglu);
}

at::Tensor soft_cap(const at::Tensor& x, double cap) { return at::tanh(x / cap) * cap; }

}  // namespace loom
