#include "core/engine/memory.h"

#include <c10/core/CachingDeviceAllocator.h>

#include <cstdlib>
#include <fstream>
#include <numeric>
#include <string>

#include "core/base/machine_memory.h"

namespace loom {
namespace {

size_t kilobytes(const char* file, const std::string& key) {
  std::ifstream in(file);
  for (std::string line; std::getline(in, line);)
    if (line.starts_with(key)) return std::strtoull(line.c_str() + key.size(), nullptr, 10);
  return 0;
}

}  // namespace

size_t peak_resident_bytes() { return kilobytes("/proc/self/status", "VmHWM:") * 1024; }
void reset_peak_resident() { std::ofstream("/proc/self/clear_refs") << 5; }

namespace {

c10::DeviceAllocator& allocator(const ComputeDevice& device) {
  return *c10::getDeviceAllocator(device.device.type());
}

}  // namespace

size_t peak_bytes(const ComputeDevice& device) {
  if (device.device.is_cpu()) return peak_resident_bytes();
  constexpr auto kAll = static_cast<size_t>(c10::CachingAllocator::StatType::AGGREGATE);
  size_t bytes = 0;
  for (const at::Device& one : device.all())
    bytes += static_cast<size_t>(allocator(device).getDeviceStats(one.index()).allocated_bytes[kAll].peak);
  return bytes;
}

void reset_peak(const ComputeDevice& device) {
  if (device.device.is_cpu()) return reset_peak_resident();
  for (const at::Device& one : device.all()) allocator(device).resetPeakStats(one.index());
}

std::vector<uint64_t> free_bytes_each(const ComputeDevice& device) {
  std::vector<uint64_t> bytes;
  const auto devices = device.all();
  for (const at::Device& one : devices)
    bytes.push_back(device.device.is_cpu() ? memory_available_bytes() / devices.size()
                                           : allocator(device).getMemoryInfo(one.index()).first);
  return bytes;
}

size_t free_bytes(const ComputeDevice& device) {
  const auto each = free_bytes_each(device);
  return std::accumulate(each.begin(), each.end(), size_t{0});
}

void return_unused_bytes(const ComputeDevice& device) {
  if (!device.device.is_cpu()) allocator(device).emptyCache();
}

}  // namespace loom
