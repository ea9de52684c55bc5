// The layers' arithmetic, one function for every device: our kernels on the CPU, ATen elsewhere.
#pragma once

#include <ATen/core/Tensor.h>

namespace loom {

// x [rows, in] times weight [out, in] → [rows, out]. On the CPU few rows take our kernel, whose bits
// do not depend on the number of rows; more take ATen's. `decode` rows always take our kernel.
at::Tensor linear(const at::Tensor& x, const at::Tensor& weight, const at::Tensor& bias, bool decode);
at::Tensor rms_norm(const at::Tensor& x, const at::Tensor& weight, double epsilon);  // over the last axis
// silu(gate) * up; may overwrite gate.
at::Tensor swiglu(at::Tensor gate, const at::Tensor& up);

}  // namespace loom
