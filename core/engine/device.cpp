#include "core/engine/device.h"

#include <ATen/Parallel.h>
#include <ATen/detail/CUDAHooksInterface.h>
#include <c10/core/impl/VirtualGuardImpl.h>
#include <dlfcn.h>

#include <cstdio>
#include <cstdlib>

#include "core/base/device_name.h"
#include "core/engine/kernels.h"

namespace loom {
namespace {

// Raised whenever the arithmetic of prefill or decoding changes.
constexpr const char* kArithmetic = "loom-5";
// Long enough to fill a data-centre card with one chunk's matrix products.
constexpr size_t kCudaChunk = 4096;

struct NumberType {
  const char* name;
  at::ScalarType type;
};
constexpr NumberType kTypes[] = {{"bf16", at::kBFloat16}, {"fp16", at::kHalf}, {"fp32", at::kFloat}};

Result<ComputeDevice> open_cuda(int index, const NumberType& type) {
  void* driver = dlopen("libcuda.so.1", RTLD_LAZY | RTLD_GLOBAL);
  if (!driver)
    return Error{ErrorKind::unsupported, "this machine has no NVIDIA driver", "cuda:" + std::to_string(index),
                 "Use the device cpu, or install the driver"};
  if (!dlopen("libtorch_cuda.so", RTLD_NOW | RTLD_GLOBAL)) {
    const char* reason = dlerror();
    return Error{ErrorKind::unsupported, std::string("libtorch_cuda.so cannot be opened: ") + (reason ? reason : ""),
                 "cuda:" + std::to_string(index), "Install the CUDA libraries that torch 2.11 for CUDA 13 needs"};
  }
  auto count = static_cast<int>(at::detail::getCUDAHooks().deviceCount());
  if (index < 0 || index >= count)
    return Error{ErrorKind::not_found, "this machine has " + std::to_string(count) + " CUDA devices",
                 "cuda:" + std::to_string(index), ""};
  ComputeDevice device;
  device.device = at::Device(at::kCUDA, static_cast<c10::DeviceIndex>(index));
  device.dtype = type.type;
  device.name = "cuda:" + std::to_string(index) + " (" + type.name + ")";
  device.chunk_tokens = kCudaChunk;
  device.kernel_version = std::string(kArithmetic) + " cuda " + type.name + " torch " LOOM_TORCH_VERSION " chunk " +
                          std::to_string(kCudaChunk);
  return device;
}

}  // namespace

namespace {

Result<ComputeDevice> open_one(const DeviceName& wanted) {
  if (wanted.is_cpu()) {
    ComputeDevice device;
    const char* set = kernels::table().name;
    device.name = "cpu (" + std::to_string(at::get_num_threads()) + " threads, " + set + ")";
    device.kernel_version = std::string(kArithmetic) + " cpu fp32 " + set + " torch " LOOM_TORCH_VERSION " chunk 512";
    return device;
  }
  const std::string type = wanted.number_type.empty() ? "bf16" : wanted.number_type;
  for (const NumberType& known : kTypes)
    if (type == known.name) return open_cuda(wanted.gpu, known);
  return Error{ErrorKind::invalid_input, "there is no device \"" + device_text(wanted) + "\"",
               "device", "cpu, cuda:0, cuda:0/fp16 or cuda:0/fp32"};
}

}  // namespace

Result<ComputeDevice> open_device(const std::string& wanted) {
  LOOM_TRY(const std::vector<DeviceName> names, parse_devices(wanted));
  LOOM_TRY(ComputeDevice first, open_one(names.front()));
  for (size_t i = 1; i < names.size(); ++i) {
    LOOM_TRY(const ComputeDevice other, open_one(names[i]));
    if (other.kernel_version != first.kernel_version)
      return Error{ErrorKind::invalid_input, "devices of two kinds cannot hold one model", wanted,
                   "For example cuda:0+cuda:1"};
    first.others.push_back(other.device);
    first.name += " + " + other.name;
  }
  return first;
}

void leave(int code) {
  std::fflush(nullptr);
  std::_Exit(code);
}

void synchronise(const ComputeDevice& device) {
  if (device.device.is_cpu()) return;
  c10::impl::VirtualGuardImpl guard(device.device.type());
  for (const at::Device& one : device.all()) guard.synchronizeDevice(one.index());
}

}  // namespace loom
