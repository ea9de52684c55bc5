// Llama (Touvron et al. 2023, arXiv 2302.13971; grouped queries and rotary scaling of Llama 3):
// RMS norm, rotary attention, SwiGLU, optionally tied head and biases.
#pragma once

#include "core/engine/causal_model.h"
#include "core/models/model_config.h"

namespace loom {

Result<std::unique_ptr<CausalModel>> load_llama(OpenedModel& model, const ComputeDevice& device);

}  // namespace loom
