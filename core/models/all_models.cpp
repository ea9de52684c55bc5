#include "core/models/all_models.h"

#include "core/models/llama.h"

namespace loom {

const std::vector<ArchitectureEntry>& all_models() {
  static const std::vector<ArchitectureEntry> entries = {{"llama", load_llama}};
  return entries;
}

Result<std::unique_ptr<CausalModel>> load_model(OpenedModel& model, const ComputeDevice& device) {
  for (const ArchitectureEntry& entry : all_models())
    if (model.config.architecture == entry.id) return entry.load(model, device);
  return Error{ErrorKind::unsupported, "the architecture \"" + model.config.architecture + "\" is not known", "model",
               "loomscope-cli doctor lists what this version runs"};
}

}  // namespace loom
