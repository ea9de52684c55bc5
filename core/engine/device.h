// Where tensors live and how they are computed there. The CPU computes in fp32; CUDA in bf16 unless
// told otherwise. The
// CUDA library is opened at run time, only where a driver is present.
#pragma once

#include <ATen/core/Tensor.h>

#include <string>

#include "core/base/result.h"

namespace loom {

struct ComputeDevice {
  at::Device device = at::kCPU;
  at::ScalarType dtype = at::kFloat;
  std::string name;          // "cpu (2 threads, avx512)"
  size_t chunk_tokens = 512;  // prefill chunk: one constant per device class
  std::string kernel_version;
};

// "cpu", "cuda:N" (bf16), or "cuda:N/fp16" and "cuda:N/fp32".
Result<ComputeDevice> open_device(const std::string& wanted);
// Ends the process with its output flushed and without static destructors: those of a CUDA library
// that was opened at run time free what is not theirs.
[[noreturn]] void leave(int code);
void synchronise(const ComputeDevice& device);  // before a clock is read

}  // namespace loom
