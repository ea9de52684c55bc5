// PEFT's LoRA adapters (arXiv 2106.09685), merged into the weights they change when a model is
// loaded: W + scale · B·A, with scale = alpha / r, or alpha / sqrt(r) for rank-stabilised ones
// (arXiv 2312.03732).
#pragma once

#include <filesystem>

#include "core/engine/weights.h"

namespace loom {

// `folder` holds adapter_config.json and adapter_model.safetensors. Matrices that fit no tensor of
// the base, other kinds of adapters and unknown settings are errors that name them.
Status merge_adapter(const std::filesystem::path& folder, Weights& base);

}  // namespace loom
