#include "core/engine/pointwise.h"

#include <ATen/Parallel.h>
#include <ATen/ops/empty_like.h>
#include <ATen/ops/exp.h>
#include <ATen/ops/log_sigmoid.h>
#include <ATen/ops/sigmoid.h>
#include <ATen/ops/silu.h>
#include <ATen/ops/softplus.h>
#include <ATen/ops/tanh.h>

#include <cmath>

namespace loom {
namespace {

template <typename Function>
at::Tensor each(const at::Tensor& x, Function function) {
  at::Tensor in = x.to(at::kFloat).contiguous(), out = at::empty_like(in);
  const float* from = in.const_data_ptr<float>();
  auto* to = out.mutable_data_ptr<float>();
  at::parallel_for(0, in.numel(), 8192, [&](int64_t begin, int64_t end) {
    for (int64_t i = begin; i < end; ++i) to[i] = function(from[i]);
  });
  return out;
}

float logistic(float x) {
  return 1.0f / (1.0f + std::exp(-x));
}

float log_one_plus_exp(float x) {
  return std::max(x, 0.0f) + std::log1p(std::exp(-std::abs(x)));
}

}  // namespace

at::Tensor exponential(const at::Tensor& x) {
  return x.is_cpu() ? each(x, [](float v) { return std::exp(v); }) : at::exp(x);
}

at::Tensor sigmoid(const at::Tensor& x) {
  return x.is_cpu() ? each(x, logistic) : at::sigmoid(x);
}

at::Tensor log_sigmoid(const at::Tensor& x) {
  return x.is_cpu() ? each(x, [](float v) { return -log_one_plus_exp(-v); }) : at::log_sigmoid(x);
}

at::Tensor silu(const at::Tensor& x) {
  return x.is_cpu() ? each(x, [](float v) { return v * logistic(v); }) : at::silu(x);
}

at::Tensor softplus(const at::Tensor& x) {
  return x.is_cpu() ? each(x, log_one_plus_exp) : at::softplus(x);
}

at::Tensor hyperbolic_tangent(const at::Tensor& x) {
  return x.is_cpu() ? each(x, [](float v) { return std::tanh(v); }) : at::tanh(x);
}

}  // namespace loom
