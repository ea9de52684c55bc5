// How devices are written: "cpu", "cuda:0", "cuda:0/fp16", and "cuda:0+cuda:1" for a group that
// holds one model together. Plans, flags and the engine read the same names.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"

namespace loom {

struct DeviceName {
  int gpu = -1;             // -1: the CPU
  std::string number_type;  // "fp16"; "": the device's usual one

  bool is_cpu() const { return gpu < 0; }
  bool operator==(const DeviceName&) const = default;
};

// As it is written: "cuda:0".
std::string device_text(const DeviceName& device);
// The devices of a group, at least one. Whether they exist, and whether the group makes sense, is
// not known here.
Result<std::vector<DeviceName>> parse_devices(const std::string& text);

}  // namespace loom
