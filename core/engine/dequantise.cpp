#include "core/engine/dequantise.h"

#include "core/engine/kernels.h"
#include "core/model_files/integer_types.h"

namespace loom {

Status dequantise(const TensorInfo& info, float* out) {
  if (is_integer(info.type))
    return Error{ErrorKind::unsupported,
                 std::string("holds ") + to_string(info.type) + ", not weights", info.name, ""};
  BlockLayout layout = block_layout(info.type);
  auto elements = static_cast<int64_t>(info.bytes.size() / layout.bytes * layout.elements);
  kernels::table().widen(info.type, info.bytes.data(), out, elements);
  return {};
}

}  // namespace loom
