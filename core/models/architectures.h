// What each architecture is made of; one file per function.
#pragma once

#include "core/models/model_config.h"

namespace loom {

void describe_llama(ModelFields& fields, ModelConfig& config);
void describe_mistral(ModelFields& fields, ModelConfig& config);
void describe_qwen2(ModelFields& fields, ModelConfig& config);
void describe_qwen3(ModelFields& fields, ModelConfig& config);

// Qwen's way to say which layers have a window.
void read_qwen_windows(ModelFields& fields, ModelConfig& config);

}  // namespace loom
