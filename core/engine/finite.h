// Whether numbers are numbers: a weight or logit that is NaN or infinite makes every answer worthless.
#pragma once

#include <ATen/core/Tensor.h>

#include <span>

namespace loom {

bool all_finite(std::span<const float> values);
bool all_finite(const at::Tensor& values);  // contiguous on the CPU, fp32, fp16 or bf16

}  // namespace loom
