#include "core/engine/operations.h"

#include <ATen/TensorOperators.h>
#include <ATen/Parallel.h>
#include <ATen/ops/_fused_rms_norm.h>
#include <ATen/ops/cat.h>
#include <ATen/ops/empty.h>
#include <ATen/ops/empty_like.h>
#include <ATen/ops/gelu.h>
#include <ATen/ops/layer_norm.h>
#include <ATen/ops/linear.h>
#include <ATen/ops/mm.h>
#include <ATen/ops/rsqrt.h>
#include <ATen/ops/silu.h>
#include <ATen/ops/tanh.h>

#include "core/engine/kernels.h"

namespace loom {
namespace {

// A prompt's last chunk can be this short; ATen is slow there and takes another path for one row.
constexpr int64_t kFewRows = 8;

const float* floats(const at::Tensor& tensor) { return tensor.const_data_ptr<float>(); }

// Decode rows in blocks of kDecodeRows, the last one filled up.
template <typename Product>
at::Tensor in_blocks(const at::Tensor& x, Product product) {
  int64_t rows = x.size(0);
  if (rows == kDecodeRows) return product(x);
  std::vector<at::Tensor> blocks;
  for (int64_t begin = 0; begin < rows; begin += kDecodeRows) {
    int64_t taken = std::min(rows - begin, kDecodeRows);
    at::Tensor block = x.narrow(0, begin, taken);
    if (taken < kDecodeRows) block = at::cat({block, block.narrow(0, 0, 1).expand({kDecodeRows - taken, x.size(1)})});
    blocks.push_back(product(block).narrow(0, 0, taken));
  }
  return blocks.size() == 1 ? blocks[0] : at::cat(blocks);
}

}  // namespace

at::Tensor linear(const at::Tensor& x, const at::Tensor& weight, const at::Tensor& bias, bool decode) {
  int64_t rows = x.size(0), k = x.size(1), outputs = weight.size(0);
  if (!x.is_cpu() || (!decode && rows > kFewRows)) {
    auto product = [&](const at::Tensor& block) {
      return at::linear(block, weight, bias.defined() ? std::optional(bias) : std::nullopt);
    };
    return decode && !x.is_cpu() ? in_blocks(x, product) : product(x);
  }
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

at::Tensor linear_fp32(const at::Tensor& x, const at::Tensor& weight, bool decode) {
  if (x.is_cpu() || x.scalar_type() == at::kFloat) return linear(x, weight, {}, decode).to(at::kCPU);
  auto product = [&](const at::Tensor& block) { return at::mm(block, weight.transpose(0, 1), at::kFloat); };
  return (decode ? in_blocks(x, product) : product(x)).to(at::kCPU);
}

at::Tensor rms_norm(const at::Tensor& x, const at::Tensor& weight, double epsilon) {
  if (!x.is_cpu()) {
    if (weight.scalar_type() == x.scalar_type())
      return std::get<0>(at::_fused_rms_norm(x.contiguous(), {x.size(-1)}, weight, epsilon));
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
