// What models can run on here: the processor and the GPUs that the driver lists.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace loom {

struct LocalDevice {
  std::string id;    // "cpu", "cuda:0": as plans name it
  std::string name;  // "AMD EPYC 7B13"
  unsigned cores = 0;
  uint64_t memory_bytes = 0, memory_free_bytes = 0;  // 0: not known without the driver's library
};

std::vector<LocalDevice> find_devices();  // opens no library
// The same with the memory of GPUs, from the library that comes with their driver. May take
// seconds where that has to wake them.
std::vector<LocalDevice> measure_devices();

// What a model needs beside what its device has: a GPU its own memory, the processor the main
// memory.
struct DeviceFit {
  std::string device;  // "cpu", "cuda:0"
  uint64_t needed_bytes = 0, free_bytes = 0;
  bool known() const { return free_bytes > 0; }  // nothing can be said without
  bool fits() const { return needed_bytes <= free_bytes; }
};
// Of the devices that are named, the one with the least room: each of them runs the model. One
// whose memory is not known comes first; without any name, the processor counts.
DeviceFit tightest_fit(uint64_t needed_bytes, const std::vector<LocalDevice>& devices,
                       const std::vector<std::string>& names);
// The device with the most room: a GPU where one has known memory, else the processor.
std::string roomiest_device(const std::vector<LocalDevice>& devices);

}  // namespace loom
