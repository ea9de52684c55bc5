#include "core/models/all_models.h"

#include "core/models/architectures.h"
#include "core/models/decoder.h"

namespace loom {

const std::vector<ArchitectureEntry>& all_models() {
  static const std::vector<ArchitectureEntry> entries = {
      {"llama", {"llama"}, describe_llama},
      {"mistral", {"mistral"}, describe_mistral},
      {"qwen2", {"qwen2"}, describe_qwen2},
      {"qwen3", {"qwen3"}, describe_qwen3},
      {"qwen3_moe", {"qwen3_moe", "qwen3moe"}, describe_qwen3_moe},
      {"phi3", {"phi3"}, describe_phi3},
      {"gemma2", {"gemma2"}, describe_gemma2},
      {"gemma3", {"gemma3", "gemma3_text"}, describe_gemma3},
      {"glm", {"glm"}, describe_glm},
      {"chatglm", {"chatglm"}, describe_chatglm},
      {"glm4", {"glm4"}, describe_glm4},
      {"cohere2", {"cohere2"}, describe_cohere2},
      {"nemotron", {"nemotron"}, describe_nemotron},
      {"deepseek_v2", {"deepseek_v2", "deepseek2"}, describe_deepseek_v2},
      {"deepseek_v3", {"deepseek_v3"}, describe_deepseek_v3},
      {"gla", {"gla"}, describe_gla, ModelKind::decoder, load_gla, gla_states},
      {"mamba",
       {"mamba", "falcon_mamba"},
       describe_mamba,
       ModelKind::decoder,
       load_mamba,
       mamba_states},
      {"mamba2", {"mamba2"}, describe_mamba2, ModelKind::decoder, load_mamba2, mamba2_states},
      {"rwkv5", {"rwkv5"}, describe_rwkv5, ModelKind::decoder, load_rwkv5, rwkv_states},
      {"rwkv6", {"rwkv6"}, describe_rwkv5, ModelKind::decoder, load_rwkv5, rwkv_states},
      {"rwkv7", {"rwkv7"}, describe_rwkv7, ModelKind::decoder, load_rwkv7, rwkv_states},
      {"bert", {"bert"}, describe_bert, ModelKind::encoder},
      {"roberta", {"roberta", "xlm-roberta"}, describe_roberta, ModelKind::encoder},
  };
  return entries;
}

const ArchitectureEntry* find_architecture(const std::string& type) {
  for (const ArchitectureEntry& entry : all_models())
    for (const char* known : entry.types)
      if (type == known) return &entry;
  return nullptr;
}

Status check_one_device(const std::string& architecture, const ComputeDevice& device) {
  const size_t devices = device.all().size();
  if (devices == 1) return {};
  return Error{ErrorKind::unsupported,
               "models of the architecture " + architecture + " are not split, and " +
                   std::to_string(devices) + " devices were named",
               "load", "Choose one device"};
}

Result<std::unique_ptr<CausalModel>> load_model(OpenedModel& model, const ComputeDevice& device) {
  const ArchitectureEntry* entry = find_architecture(model.config.architecture);
  if (!entry || !entry->load) return load_decoder(model, device);
  return entry->load(model, device);
}

}  // namespace loom
