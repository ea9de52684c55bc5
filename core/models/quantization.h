// config.json's "quantization_config": how a folder's weights are packed.
#pragma once

#include "core/engine/weights.h"
#include "core/models/model_fields.h"

namespace loom {

// Makes the packed tensors readable under the names that the architecture knows. Null: nothing is
// packed. Methods and settings that are not known are errors that name them.
Status unpack_weights(const nlohmann::json& settings, const std::string& where, Weights& weights);

}  // namespace loom
