// PEFT's LoRA adapters (arXiv 2106.09685), merged into the weights they change when a model is
// loaded: W + scale · B·A, with scale = alpha / r, or alpha / sqrt(r) for rank-stabilised ones
// (arXiv 2312.03732); with DoRA (arXiv 2402.09353) the rows then get the lengths that were learnt.
#pragma once

#include <filesystem>

#include "core/engine/weights.h"

namespace loom {

// `folder` holds adapter_config.json and adapter_model.safetensors. Matrices that fit no tensor of
// the base, other kinds of adapters and unknown settings are errors that name them; so is one of an
// embedding that the head shares (`tied_head`).
Status merge_adapter(const std::filesystem::path& folder, bool tied_head, Weights& base);

}  // namespace loom
