#include "core/engine/dequantise.h"

#include "core/engine/kernels.h"

namespace loom {
namespace {

bool is_float(WeightType type) {
  switch (type) {
    case WeightType::i64:
    case WeightType::i32:
    case WeightType::i16:
    case WeightType::i8:
    case WeightType::u8:
    case WeightType::boolean:
      return false;
    default:
      return true;
  }
}

}  // namespace

Status dequantise(const TensorInfo& info, float* out) {
  if (!is_float(info.type))
    return Error{ErrorKind::unsupported,
                 std::string("holds ") + to_string(info.type) + ", not weights", info.name, ""};
  BlockLayout layout = block_layout(info.type);
  auto elements = static_cast<int64_t>(info.bytes.size() / layout.bytes * layout.elements);
  kernels::table().widen(info.type, info.bytes.data(), out, elements);
  return {};
}

}  // namespace loom
