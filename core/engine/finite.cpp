#include "core/engine/finite.h"

#include <algorithm>
#include <cstdint>

namespace loom {
namespace {

// An exponent of all ones. No early end: the loop stays one that vector units run.
template <typename Bits>
bool without_full_exponent(const Bits* bits, size_t count, Bits exponent) {
  constexpr size_t kTogether = 4096;
  for (size_t begin = 0; begin < count; begin += kTogether) {
    const size_t end = std::min(count, begin + kTogether);
    unsigned found = 0;
    for (size_t i = begin; i < end; ++i) found |= static_cast<unsigned>((bits[i] & exponent) == exponent);
    if (found != 0) return false;
  }
  return true;
}

}  // namespace

bool all_finite(std::span<const float> values) {
  return without_full_exponent(reinterpret_cast<const uint32_t*>(values.data()), values.size(), uint32_t{0x7F800000});
}

bool all_finite(const at::Tensor& values) {
  const auto count = static_cast<size_t>(values.numel());
  const void* data = values.const_data_ptr();
  switch (values.scalar_type()) {
    case at::kFloat:
      return all_finite({static_cast<const float*>(data), count});
    case at::kHalf:
      return without_full_exponent(static_cast<const uint16_t*>(data), count, uint16_t{0x7C00});
    case at::kBFloat16:
      return without_full_exponent(static_cast<const uint16_t*>(data), count, uint16_t{0x7F80});
    default:
      return true;  // whole numbers
  }
}

}  // namespace loom
