// Stored weights widened to fp32, as ggml's block formats define them.
#pragma once

#include "core/base/result.h"
#include "core/model_files/tensor_info.h"

namespace loom {

// Writes info.elements() floats. Unsupported types are an Error that names the tensor.
Status dequantise(const TensorInfo& info, float* out);

}  // namespace loom
