// Which stored numbers are integers: counts, shapes and packed bits, never weights as they are.
#pragma once

#include "core/model_files/tensor_info.h"

namespace loom {

inline bool is_integer(WeightType type) {
  switch (type) {
    case WeightType::i64:
    case WeightType::i32:
    case WeightType::i16:
    case WeightType::i8:
    case WeightType::u8:
    case WeightType::boolean:
      return true;
    default:
      return false;
  }
}

}  // namespace loom
