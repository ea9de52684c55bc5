#include "core/engine/memory.h"

#include <c10/core/CachingDeviceAllocator.h>

#include <cstdlib>
#include <fstream>
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
  return static_cast<size_t>(allocator(device).getDeviceStats(device.device.index()).allocated_bytes[kAll].peak);
}

void reset_peak(const ComputeDevice& device) {
  if (device.device.is_cpu()) return reset_peak_resident();
  allocator(device).resetPeakStats(device.device.index());
}

size_t free_bytes(const ComputeDevice& device) {
  if (device.device.is_cpu()) return memory_available_bytes();
  return allocator(device).getMemoryInfo(device.device.index()).first;
}

void return_unused_bytes(const ComputeDevice& device) {
  if (!device.device.is_cpu()) allocator(device).emptyCache();
}

}  // namespace loom
