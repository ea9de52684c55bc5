#include "core/catalog/local_devices.h"

#include <algorithm>
#include <filesystem>
#include <optional>
#include <thread>

#include "core/base/machine_memory.h"
#include "core/base/text_file.h"
#include "core/catalog/nvidia_driver.h"

namespace loom {
namespace fs = std::filesystem;
namespace {

// The value after "FIELD   : " in the kernel's way of writing.
std::string field_of(const fs::path& file, const std::string& field, const std::string& fallback) {
  auto info = read_file(file, 1 << 24);
  if (!info) return fallback;
  size_t at = info->find(field);
  if (at == std::string::npos) return fallback;
  size_t end = info->find('\n', at);
  size_t begin = info->find_first_not_of(" \t:", at + field.size());
  return begin == std::string::npos || begin >= end ? fallback : info->substr(begin, end - begin);
}

}  // namespace

std::vector<LocalDevice> find_devices() {
  LocalDevice processor{"cpu", field_of("/proc/cpuinfo", "model name", "CPU"),
                        std::max(1u, std::thread::hardware_concurrency()), memory_total_bytes(),
                        memory_available_bytes()};
  std::vector<LocalDevice> devices{processor};
  std::vector<fs::path> gpus;
  std::error_code no_driver;
  for (const auto& entry : fs::directory_iterator("/proc/driver/nvidia/gpus", no_driver))
    gpus.push_back(entry.path() / "information");
  std::sort(gpus.begin(), gpus.end());
  for (size_t i = 0; i < gpus.size(); ++i)
    devices.push_back({"cuda:" + std::to_string(i), field_of(gpus[i], "Model:", "NVIDIA GPU")});
  return devices;
}

std::vector<LocalDevice> measure_devices() {
  std::vector<LocalDevice> devices = find_devices();
  if (devices.size() == 1) return devices;
  const NvidiaDriver driver = ask_nvidia_driver();
  // Both list them in the order of the bus.
  for (size_t i = 0; i + 1 < devices.size() && i < driver.gpus.size(); ++i) {
    devices[i + 1].memory_bytes = driver.gpus[i].memory_bytes;
    devices[i + 1].memory_free_bytes = driver.gpus[i].memory_free_bytes;
  }
  return devices;
}

DeviceFit tightest_fit(uint64_t needed_bytes, const std::vector<LocalDevice>& devices,
                       const std::vector<std::string>& names) {
  std::optional<DeviceFit> tightest;
  for (const std::string& name : names.empty() ? std::vector<std::string>{"cpu"} : names) {
    const auto device = std::find_if(devices.begin(), devices.end(),
                                     [&](const LocalDevice& one) { return one.id == name; });
    const uint64_t free = device == devices.end() ? 0 : device->memory_free_bytes;
    if (!tightest || free < tightest->free_bytes) tightest = DeviceFit{name, needed_bytes, free};
  }
  return *tightest;
}

std::string roomiest_device(const std::vector<LocalDevice>& devices) {
  const LocalDevice* roomiest = nullptr;
  for (const LocalDevice& device : devices)
    if (device.id != "cpu" && device.memory_free_bytes > 0 &&
        (!roomiest || device.memory_free_bytes > roomiest->memory_free_bytes))
      roomiest = &device;
  return roomiest ? roomiest->id : "cpu";
}

}  // namespace loom
