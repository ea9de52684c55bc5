// Functions of single numbers. On the CPU a number's result does not depend on its place in the
// tensor: ATen computes the last ones of a tensor in another way than those that fill a register.
#pragma once

#include <ATen/core/Tensor.h>

namespace loom {

// Each gives the type and shape of x, laid out one row after the other.
at::Tensor exponential(const at::Tensor& x);
at::Tensor sigmoid(const at::Tensor& x);
at::Tensor log_sigmoid(const at::Tensor& x);
at::Tensor silu(const at::Tensor& x);
at::Tensor softplus(const at::Tensor& x);  // log(1 + exp(x))
at::Tensor hyperbolic_tangent(const at::Tensor& x);

}  // namespace loom
