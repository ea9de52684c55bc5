// Where tensors live and how they are computed there. The CPU computes in fp32; CUDA in bf16 unless
// told otherwise. The
// CUDA library is opened at run time, only where a driver is present.
#pragma once

#include <ATen/core/Tensor.h>

#include <string>
#include <vector>

#include "core/base/result.h"

namespace loom {

struct ComputeDevice {
  at::Device device = at::kCPU;
  std::vector<at::Device> others;  // that hold later layers of the same model
  at::ScalarType dtype = at::kFloat;
  std::string name;          // "cpu (2 threads, avx512)"
  size_t chunk_tokens = 512;  // prefill chunk: one constant per device class
  std::string kernel_version;

  std::vector<at::Device> all() const {
    std::vector<at::Device> devices = {device};
    devices.insert(devices.end(), others.begin(), others.end());
    return devices;
  }
};

// "cpu", "cuda:N" (bf16), or "cuda:N/fp16" and "cuda:N/fp32". Several of one kind joined by "+" hold
// one model together.
Result<ComputeDevice> open_device(const std::string& wanted);
// Ends the process with its output flushed and without static destructors: those of a CUDA library
// that was opened at run time free what is not theirs.
[[noreturn]] void leave(int code);
void synchronise(const ComputeDevice& device);  // before a clock is read

}  // namespace loom
