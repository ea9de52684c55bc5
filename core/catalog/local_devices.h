// What models can run on here: the processor and the GPUs that the driver lists. Opens no library.
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

std::vector<LocalDevice> find_devices();

}  // namespace loom
