// Architectures this program runs: one file, one line here, one JSON in models-registry/models.
#pragma once

#include <vector>

#include "core/engine/causal_model.h"
#include "core/models/model_config.h"

namespace loom {

enum class ModelKind { decoder, encoder };

using ModelLoader = Result<std::unique_ptr<CausalModel>> (*)(OpenedModel& model,
                                                             const ComputeDevice& device);

using StateShapes = std::vector<std::vector<int64_t>>;

struct ArchitectureEntry {
  const char* id;                  // of the JSON in models-registry/models
  std::vector<const char*> types;  // config.json's model_type and GGUF's general.architecture
  void (*describe)(ModelFields& fields, ModelConfig& config);
  ModelKind kind = ModelKind::decoder;
  // Of a model with layers of its own, otherwise the decoder runs it; and what each of them keeps
  // of a sequence.
  ModelLoader load = nullptr;
  StateShapes (*states)(const ModelConfig& config) = nullptr;
};
const std::vector<ArchitectureEntry>& all_models();
const ArchitectureEntry* find_architecture(const std::string& type);  // nullptr when unknown
// An error where several devices are named for a model whose layers are not split: encoders.
Status check_one_device(const std::string& architecture, const ComputeDevice& device);
Result<std::unique_ptr<CausalModel>> load_model(OpenedModel& model, const ComputeDevice& device);

}  // namespace loom
