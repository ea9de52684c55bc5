#include "core/model_files/tensor_info.h"

namespace loom {

const char* to_string(WeightType type) {
  switch (type) {
    case WeightType::f32:
      return "F32";
    case WeightType::f16:
      return "F16";
    case WeightType::bf16:
      return "BF16";
    case WeightType::f8_e4m3:
      return "F8_E4M3";
    case WeightType::i64:
      return "I64";
    case WeightType::i32:
      return "I32";
    case WeightType::i16:
      return "I16";
    case WeightType::i8:
      return "I8";
    case WeightType::u8:
      return "U8";
    case WeightType::boolean:
      return "BOOL";
    case WeightType::q4_0:
      return "Q4_0";
    case WeightType::q4_1:
      return "Q4_1";
    case WeightType::q5_0:
      return "Q5_0";
    case WeightType::q5_1:
      return "Q5_1";
    case WeightType::q8_0:
      return "Q8_0";
    case WeightType::q2_k:
      return "Q2_K";
    case WeightType::q3_k:
      return "Q3_K";
    case WeightType::q4_k:
      return "Q4_K";
    case WeightType::q5_k:
      return "Q5_K";
    case WeightType::q6_k:
      return "Q6_K";
  }
  return "?";
}

BlockLayout block_layout(WeightType type) {
  switch (type) {
    case WeightType::f32:
    case WeightType::i32:
      return {1, 4};
    case WeightType::f16:
    case WeightType::bf16:
    case WeightType::i16:
      return {1, 2};
    case WeightType::i64:
      return {1, 8};
    case WeightType::f8_e4m3:
    case WeightType::i8:
    case WeightType::u8:
    case WeightType::boolean:
      return {1, 1};
    case WeightType::q4_0:
      return {32, 18};
    case WeightType::q4_1:
      return {32, 20};
    case WeightType::q5_0:
      return {32, 22};
    case WeightType::q5_1:
      return {32, 24};
    case WeightType::q8_0:
      return {32, 34};
    case WeightType::q2_k:
      return {256, 84};
    case WeightType::q3_k:
      return {256, 110};
    case WeightType::q4_k:
      return {256, 144};
    case WeightType::q5_k:
      return {256, 176};
    case WeightType::q6_k:
      return {256, 210};
  }
  return {1, 0};
}

int64_t TensorInfo::elements() const {
  int64_t product = 1;
  for (int64_t extent : shape) product *= extent;
  return product;
}

}  // namespace loom
