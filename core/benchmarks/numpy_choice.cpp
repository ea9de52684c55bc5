#include "core/benchmarks/numpy_choice.h"

#include <bit>

namespace loom {

uint32_t NumpyChoice::below(uint32_t n) {
  const uint32_t largest = n - 1;
  if (largest == 0) return 0;  // numpy draws nothing then
  const uint32_t mask = ~uint32_t{0} >> std::countl_zero(largest);
  uint32_t value = static_cast<uint32_t>(bits_()) & mask;
  while (value > largest) value = static_cast<uint32_t>(bits_()) & mask;
  return value;
}

}  // namespace loom
