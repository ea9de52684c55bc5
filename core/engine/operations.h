// The layers' arithmetic, one function for every device: our kernels on the CPU, ATen elsewhere.
#pragma once

#include <ATen/core/Tensor.h>

#include <span>
#include <vector>

#include "core/model_files/tensor_info.h"

namespace loom {

// Rows of a decode step on a device: fused kernels and matrix products choose their way by the number
// of rows, so it is the same whatever the batch.
constexpr int64_t kDecodeRows = 8;

// x [rows, in] times weight [out, in] → [rows, out]. On the CPU the weight is fp32, fp16, bf16 or a
// byte tensor of `blocks` (Weights::take_stored), and x is fp32. There are two kernels, one for few
// rows and for `decode` rows, one for many; in both a row's bits depend neither on the other rows nor
// on the number of threads. On a device decode rows are computed kDecodeRows at a time.
at::Tensor linear(const at::Tensor& x, const at::Tensor& weight, const at::Tensor& bias, bool decode,
                  WeightType blocks = WeightType::f32);
// What x is multiplied with: a weight as linear() takes it, and its bias, which may be missing.
struct Factor {
  const at::Tensor &weight, &bias;
  WeightType blocks;
};
// linear() of x with each of them, with the same bits. Few rows on the CPU are computed by one start
// of the threads for all: the projections of a decode step are short, and after each of its own the
// threads would wait for each other.
std::vector<at::Tensor> linear_each(const at::Tensor& x, std::span<const Factor> factors,
                                    bool decode);
// Rows `index` of a table stored in that way, widened on the CPU.
at::Tensor rows_of(const at::Tensor& table, const at::Tensor& index, WeightType blocks);
// linear() in fp32 on the CPU, for logits; `decode` as above.
at::Tensor linear_fp32(const at::Tensor& x, const at::Tensor& weight, bool decode,
                       WeightType blocks = WeightType::f32);
at::Tensor rms_norm(const at::Tensor& x, const at::Tensor& weight, double epsilon);  // over the last axis
at::Tensor layer_norm(const at::Tensor& x, const at::Tensor& weight, const at::Tensor& bias, double epsilon);
// silu(gate) * up and gelu(gate) * up (the tanh form); may overwrite gate.
at::Tensor swiglu(at::Tensor gate, const at::Tensor& up);
at::Tensor geglu(at::Tensor gate, const at::Tensor& up);
// cap * tanh(x / cap): values stay within ±cap (Gemma 2, arXiv 2408.00118).
at::Tensor soft_cap(const at::Tensor& x, double cap);

}  // namespace loom
