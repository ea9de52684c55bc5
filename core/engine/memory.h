// What this process holds, in bytes, and what a device has left.
#pragma once

#include <cstddef>

#include "core/engine/device.h"

namespace loom {

size_t resident_bytes();       // VmRSS of this process
size_t peak_resident_bytes();  // VmHWM of it since the last reset
void reset_peak_resident();

// On the CPU as above; on a device what was allocated there.
size_t peak_bytes(const ComputeDevice& device);
void reset_peak(const ComputeDevice& device);
size_t held_bytes(const ComputeDevice& device);
size_t total_bytes(const ComputeDevice& device);  // of the machine or the devices; 0: not told
// Of the machine or the devices, and of the limit where one is set (limited_allocator.h).
size_t free_bytes(const ComputeDevice& device);
std::vector<uint64_t> free_bytes_each(const ComputeDevice& device);  // in the order of all()
void return_unused_bytes(const ComputeDevice& device);  // of the allocator to the device

}  // namespace loom
