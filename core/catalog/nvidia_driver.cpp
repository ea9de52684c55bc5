#include "core/catalog/nvidia_driver.h"

#include <dlfcn.h>

#include <array>
#include <memory>

namespace loom {
namespace {

// The few calls that are needed, as the library's interface has kept them since its version 2.
struct Memory {
  unsigned long long total = 0, free = 0, used = 0;
};
using Handle = void*;
using Start = int (*)();
using Text = int (*)(char* text, unsigned size);
using Count = int (*)(unsigned* count);
using ByIndex = int (*)(unsigned index, Handle* device);
using DeviceText = int (*)(Handle device, char* text, unsigned size);
using DeviceMemory = int (*)(Handle device, Memory* memory);
constexpr int kSuccess = 0;
constexpr unsigned kMostGpus = 64;

template <typename Function>
Function find(void* library, const char* name) {
  return reinterpret_cast<Function>(dlsym(library, name));
}

NvidiaGpu describe_gpu(void* library, Handle device) {
  NvidiaGpu gpu;
  std::array<char, 128> name{};
  const auto device_name = find<DeviceText>(library, "nvmlDeviceGetName");
  if (device_name && device_name(device, name.data(), name.size() - 1) == kSuccess)
    gpu.name = name.data();
  Memory memory;
  const auto device_memory = find<DeviceMemory>(library, "nvmlDeviceGetMemoryInfo");
  if (device_memory && device_memory(device, &memory) == kSuccess) {
    gpu.memory_bytes = memory.total;
    gpu.memory_free_bytes = memory.free;
  }
  return gpu;
}

}  // namespace

NvidiaDriver ask_nvidia_driver() {
  NvidiaDriver driver;
  auto close = [](void* opened) { dlclose(opened); };
  const std::unique_ptr<void, decltype(close)> library(
      dlopen("libnvidia-ml.so.1", RTLD_LAZY | RTLD_LOCAL), close);
  if (!library) return driver;
  const auto start = find<Start>(library.get(), "nvmlInit_v2");
  if (!start || start() != kSuccess) return driver;
  std::array<char, 96> version{};
  const auto driver_version = find<Text>(library.get(), "nvmlSystemGetDriverVersion");
  if (driver_version && driver_version(version.data(), version.size() - 1) == kSuccess)
    driver.version = version.data();
  unsigned count = 0;
  const auto device_count = find<Count>(library.get(), "nvmlDeviceGetCount_v2");
  const auto by_index = find<ByIndex>(library.get(), "nvmlDeviceGetHandleByIndex_v2");
  if (device_count && by_index && device_count(&count) == kSuccess)
    for (unsigned i = 0; i < count && i < kMostGpus; ++i)
      if (Handle device = nullptr; by_index(i, &device) == kSuccess)
        driver.gpus.push_back(describe_gpu(library.get(), device));
  if (const auto stop = find<Start>(library.get(), "nvmlShutdown")) stop();
  return driver;
}

}  // namespace loom
