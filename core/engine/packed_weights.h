// Weights stored in fewer bits, as derived tensors NAME.weight of the values that their own
// reference computes.
#pragma once

#include "core/engine/weights.h"

namespace loom {

// Integers packed into int32 with a scale and a zero point for each output and group of inputs:
// NAME.qweight, NAME.qzeros, NAME.scales. weight = (integer - zero) * scale, rounded to fp16.
struct PackedFormat {
  enum class Kind {
    awq,  // (arXiv 2306.00978) packed along the outputs, in the order 0 2 4 6 1 3 5 7
    gptq  // (arXiv 2210.17323) packed along the inputs; NAME.g_idx, when there, names groups
  };
  Kind kind = Kind::awq;
  int bits = 4;            // 2, 3, 4 or 8 (AWQ: 4)
  int64_t group = 128;     // inputs that share a scale; -1: all
  // What was taken off zero points when they were packed. A zero point of 0 then became the largest
  // number that fits, and is 0 again here: 0 to 2^bits - 1 is what zero points are chosen from. The
  // reference implementations do not agree on that number: auto-gptq 0.7.1 has 0 in qlinear_cuda_old
  // (2, 4 and 8 bits) and 2^bits in qlinear_cuda; gptqmodel adds to whole words, so that it carries
  // into the zero point beside it.
  int64_t zero_shift = 0;
};
Status unpack_integers(Weights& weights, const PackedFormat& format);

// fp8 (e4m3) with one fp32 factor per block [rows, columns]: NAME.weight and NAME.weight_scale_inv
// (DeepSeek-V3, arXiv 2412.19437, section 3.3). Products are rounded to bf16, as the model's own
// conversion does.
Status unpack_fp8_blocks(Weights& weights, int64_t rows, int64_t columns);

// compressed-tensors' weights, whose factors NAME.weight_scale belong to blocks of rows and
// columns; products are rounded to the factors' type. Packed: NAME.weight_packed, integers in a
// stream of bits along each row, less than half their range by that half; NAME.weight_shape; and,
// where they are not symmetric, NAME.weight_zero_point, packed down the columns. Else NAME.weight
// is int8 or fp8.
struct CompressedFormat {
  bool packed = true;
  bool fp8 = false;
  int bits = 4;                   // 1 to 8, of what is packed
  int64_t rows = 1, columns = 0;  // that share a factor; 0: all
  bool symmetric = true;
};
Status unpack_compressed(Weights& weights, const CompressedFormat& format);

// The `bits` bits from `bit` on of a stream of 32-bit words, the first of them at `first` and each
// `stride` behind the one before. The caller sees to it that they are there.
uint32_t packed_bits(const TensorInfo& words, int64_t first, int64_t stride, int64_t bit, int bits);

// A packed tensor that does not fit what its format says of it.
Error misfit(const std::string& name, const std::string& what);

}  // namespace loom
