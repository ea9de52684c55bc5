#include "core/engine/memory.h"

#include <c10/core/CachingDeviceAllocator.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <numeric>
#include <string>

#include "core/base/machine_memory.h"
#include "core/engine/limited_allocator.h"

namespace loom {
namespace {

size_t kilobytes(const char* file, const std::string& key) {
  std::ifstream in(file);
  for (std::string line; std::getline(in, line);)
    if (line.starts_with(key)) return std::strtoull(line.c_str() + key.size(), nullptr, 10);
  return 0;
}

}  // namespace

size_t resident_bytes() { return kilobytes("/proc/self/status", "VmRSS:") * 1024; }
size_t peak_resident_bytes() { return kilobytes("/proc/self/status", "VmHWM:") * 1024; }
void reset_peak_resident() { std::ofstream("/proc/self/clear_refs") << 5; }

namespace {

c10::DeviceAllocator& allocator(const ComputeDevice& device) {
  return *c10::getDeviceAllocator(device.device.type());
}

constexpr auto kAll = static_cast<size_t>(c10::CachingAllocator::StatType::AGGREGATE);

uint64_t free_main_memory() {
  constexpr uint64_t kUnknown = uint64_t{1} << 50;  // where the system does not tell, nothing is refused
  const uint64_t told = memory_available_bytes(), available = told > 0 ? told : kUnknown;
  const size_t bound = memory_limit();
  return bound == 0 ? available : std::min<uint64_t>(available, bound - std::min(bound, counted_bytes()));
}

// What the device has left and what its allocator keeps for later.
uint64_t free_on(c10::DeviceAllocator& memory, c10::DeviceIndex index) {
  const uint64_t free = memory.getMemoryInfo(index).first;
  if (!memory.initialized()) return free;
  const auto stats = memory.getDeviceStats(index);
  return free + static_cast<uint64_t>(stats.reserved_bytes[kAll].current - stats.allocated_bytes[kAll].current);
}

}  // namespace

size_t held_bytes(const ComputeDevice& device) {
  if (device.device.is_cpu()) return memory_limit() > 0 ? counted_bytes() : resident_bytes();
  size_t bytes = 0;
  for (const at::Device& one : device.all())
    bytes += static_cast<size_t>(allocator(device).getDeviceStats(one.index()).allocated_bytes[kAll].current);
  return bytes;
}

size_t total_bytes(const ComputeDevice& device) {
  if (device.device.is_cpu()) return memory_total_bytes();
  size_t bytes = 0;
  for (const at::Device& one : device.all())
    bytes += allocator(device).getMemoryInfo(one.index()).second;
  return bytes;
}

size_t peak_bytes(const ComputeDevice& device) {
  if (device.device.is_cpu()) return peak_resident_bytes();
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
    bytes.push_back(device.device.is_cpu() ? free_main_memory() / devices.size()
                                           : free_on(allocator(device), one.index()));
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
