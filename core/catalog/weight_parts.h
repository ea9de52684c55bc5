// What a model's stored tensors are, and what they take once they are loaded: told from headers
// alone, by the rules that the loaders follow on the CPU.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace loom {

// All tensors of one number type. Packed integers and their scales are one type.
struct StoredType {
  std::string name;  // "BF16", "Q4_K", "AWQ 4-bit", "F8_E4M3 blocks"
  uint64_t tensors = 0, parameters = 0, file_bytes = 0;
  uint64_t held_bytes = 0;  // unpacked, widened or as it is stored
};

struct WeightParts {
  std::vector<StoredType> types;                            // those with the most parameters first
  uint64_t embedding = 0, head = 0, layers = 0, other = 0;  // bytes as held; a tied head is 0
  uint64_t held() const { return embedding + head + layers + other; }
};

}  // namespace loom
