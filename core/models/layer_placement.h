// Which device holds which layer, where one model lies on several.
#pragma once

#include <vector>

#include "core/engine/weights.h"

namespace loom {

// For each layer an index into `free`: consecutive layers, as many on each device as its free bytes
// allow, so that all are filled to the same share. `weights`: bytes of all layers together. More
// than all have is an error with the numbers.
Result<std::vector<size_t>> place_layers(size_t layers, uint64_t weights,
                                         const std::vector<uint64_t>& free);

// Each layer's device by what is free at the moment, later layers on later devices; empty where
// there is one device. Weights that do not fit are an error before any is loaded.
Result<std::vector<at::Device>> devices_of_layers(int64_t layers, const Weights& weights,
                                                  const ComputeDevice& device);

}  // namespace loom
