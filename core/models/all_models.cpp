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
  };
  return entries;
}

const ArchitectureEntry* find_architecture(const std::string& type) {
  for (const ArchitectureEntry& entry : all_models())
    for (const char* known : entry.types)
      if (type == known) return &entry;
  return nullptr;
}

Result<std::unique_ptr<CausalModel>> load_model(OpenedModel& model, const ComputeDevice& device) {
  return load_decoder(model, device);
}

}  // namespace loom
