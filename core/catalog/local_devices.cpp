#include "core/catalog/local_devices.h"

#include <algorithm>
#include <filesystem>
#include <thread>

#include "core/base/machine_memory.h"
#include "core/base/text_file.h"

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

}  // namespace loom
