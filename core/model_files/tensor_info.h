// One stored tensor, as both container formats describe it. Checked against the file's size before
// any byte is touched: shape product, block sizes, offset and length cannot overflow or overlap the
// end of the file.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace loom {

enum class WeightType {
  f32,
  f16,
  bf16,
  f8_e4m3,
  i64,
  i32,
  i16,
  i8,
  u8,
  boolean,
  q4_0,
  q4_1,
  q5_0,
  q5_1,
  q8_0,
  q2_k,
  q3_k,
  q4_k,
  q5_k,
  q6_k
};
const char* to_string(WeightType type);  // "F16", "Q4_1", …
// Elements per block and bytes per block: (1, 4) for F32, (32, 20) for Q4_1.
struct BlockLayout {
  size_t elements = 1, bytes = 0;
};
BlockLayout block_layout(WeightType type);

struct TensorInfo {
  std::string name;
  WeightType type = WeightType::f32;
  std::vector<int64_t> shape;  // row-major, outermost first (GGUF's order reversed)
  std::span<const std::byte> bytes;
  int64_t elements() const;
};

}  // namespace loom
