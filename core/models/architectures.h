// What each architecture is made of; one file per family.
#pragma once

#include "core/engine/causal_model.h"
#include "core/models/all_models.h"
#include "core/models/model_config.h"

namespace loom {

void describe_llama(ModelFields& fields, ModelConfig& config);
void describe_mistral(ModelFields& fields, ModelConfig& config);
void describe_qwen2(ModelFields& fields, ModelConfig& config);
void describe_qwen3(ModelFields& fields, ModelConfig& config);
void describe_qwen3_moe(ModelFields& fields, ModelConfig& config);
void describe_phi3(ModelFields& fields, ModelConfig& config);
void describe_gemma2(ModelFields& fields, ModelConfig& config);
void describe_gemma3(ModelFields& fields, ModelConfig& config);
void describe_glm(ModelFields& fields, ModelConfig& config);
void describe_chatglm(ModelFields& fields, ModelConfig& config);
void describe_glm4(ModelFields& fields, ModelConfig& config);
void describe_cohere2(ModelFields& fields, ModelConfig& config);
void describe_deepseek_v2(ModelFields& fields, ModelConfig& config);
void describe_deepseek_v3(ModelFields& fields, ModelConfig& config);
void describe_nemotron(ModelFields& fields, ModelConfig& config);
void describe_bert(ModelFields& fields, ModelConfig& config);
void describe_roberta(ModelFields& fields, ModelConfig& config);
void describe_gla(ModelFields& fields, ModelConfig& config);
void describe_mamba(ModelFields& fields, ModelConfig& config);
void describe_mamba2(ModelFields& fields, ModelConfig& config);
void describe_rwkv5(ModelFields& fields, ModelConfig& config);  // and RWKV-6
void describe_rwkv7(ModelFields& fields, ModelConfig& config);

Result<std::unique_ptr<CausalModel>> load_gla(OpenedModel& model, const ComputeDevice& device);
Result<std::unique_ptr<CausalModel>> load_mamba(OpenedModel& model, const ComputeDevice& device);
Result<std::unique_ptr<CausalModel>> load_mamba2(OpenedModel& model, const ComputeDevice& device);
Result<std::unique_ptr<CausalModel>> load_rwkv5(OpenedModel& model, const ComputeDevice& device);
Result<std::unique_ptr<CausalModel>> load_rwkv7(OpenedModel& model, const ComputeDevice& device);

// Shapes of the states that each layer keeps of a sequence.
StateShapes gla_states(const ModelConfig& config);
StateShapes mamba_states(const ModelConfig& config);
StateShapes mamba2_states(const ModelConfig& config);
StateShapes rwkv_states(const ModelConfig& config);

// What Mamba 1 and 2 have in common.
void read_mamba_fields(ModelFields& fields, ModelConfig& config);
// Qwen2.5-1M attends in two kinds of chunks beyond the length it was trained at. That is off, here
// and in the reference; the window ends where it would begin.
void read_dual_chunks(ModelFields& fields, ModelConfig& config);
// Qwen's way to say which layers have a window.
void read_qwen_windows(ModelFields& fields, ModelConfig& config);

}  // namespace loom
