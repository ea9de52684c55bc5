#include "core/models/layer_placement.h"

#include <algorithm>
#include <numeric>

#include "core/base/memory_limit.h"
#include "core/engine/limited_allocator.h"
#include "core/engine/memory.h"

namespace loom {
namespace {

std::string megabytes(uint64_t bytes) {
  return std::to_string(bytes >> 20) + " MiB";
}

}  // namespace

Result<std::vector<size_t>> place_layers(size_t layers, uint64_t weights,
                                         const std::vector<uint64_t>& free) {
  const uint64_t all = std::accumulate(free.begin(), free.end(), uint64_t{0});
  if (weights > all)
    return Error{ErrorKind::out_of_memory,
                 "the weights need " + megabytes(weights) + ", free are " + megabytes(all), "load",
                 free.size() > 1 ? "Use more devices or a smaller model"
                                 : "Close other programs, use several devices or a smaller model"};
  std::vector<size_t> places(layers);
  size_t next = 0;
  uint64_t before = 0;
  for (size_t device = 0; device < free.size(); ++device) {
    before += free[device];
    const bool last = device + 1 == free.size();
    const double share =
        static_cast<double>(before) / static_cast<double>(std::max<uint64_t>(all, 1));
    const auto end =
        last ? layers
             : std::min(layers, static_cast<size_t>(share * static_cast<double>(layers) + 0.5));
    for (; next < end; ++next) places[next] = device;
  }
  return places;
}

Result<std::vector<at::Device>> devices_of_layers(int64_t layers, const Weights& weights,
                                                  const ComputeDevice& device) {
  const uint64_t bytes = weights.bytes_on(device), limit = memory_limit();
  if (device.device.is_cpu() && limit > 0 && counted_bytes() + bytes > limit)
    return Error{ErrorKind::out_of_memory, "the model " + needs_of(counted_bytes() + bytes, limit),
                 "load", "Allow more memory or use a smaller model"};
  LOOM_TRY(const auto places,
           place_layers(static_cast<size_t>(layers), bytes, free_bytes_each(device)));
  const std::vector<at::Device> devices = device.all();
  std::vector<at::Device> chosen;
  if (devices.size() > 1)
    for (size_t place : places) chosen.push_back(devices[place]);
  return chosen;
}

}  // namespace loom
