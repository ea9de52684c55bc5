// What NVIDIA's management library says of this machine's GPUs. The library comes with the driver
// and is opened at run time; nothing is linked.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace loom {

struct NvidiaGpu {
  std::string name;
  uint64_t memory_bytes = 0, memory_free_bytes = 0;  // 0: the library does not say
};
struct NvidiaDriver {
  std::string version;  // "550.54.14"; empty: the library is not here or does not answer
  std::vector<NvidiaGpu> gpus;
};

NvidiaDriver ask_nvidia_driver();

}  // namespace loom
