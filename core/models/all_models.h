// Architectures this program runs: one file, one line here, one JSON in models-registry/models.
#pragma once

#include <vector>

#include "core/engine/causal_model.h"
#include "core/models/model_config.h"

namespace loom {

struct ArchitectureEntry {
  const char* id;  // GGUF's general.architecture and config.json's model_type
  Result<std::unique_ptr<CausalModel>> (*load)(OpenedModel&, const ComputeDevice&);
};
const std::vector<ArchitectureEntry>& all_models();
Result<std::unique_ptr<CausalModel>> load_model(OpenedModel& model, const ComputeDevice& device);

}  // namespace loom
