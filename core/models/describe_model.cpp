#include "core/models/describe_model.h"

#include "core/models/all_models.h"

namespace loom {
namespace {

size_t state_bytes(const ModelConfig& config) {
  KvShape shape;
  shape.states = recurrent_states(config);
  return shape.state_bytes();
}

}  // namespace

std::vector<std::vector<int64_t>> recurrent_states(const ModelConfig& config) {
  const ArchitectureEntry* entry = find_architecture(config.architecture);
  if (!entry || !entry->states) return {};
  const StateShapes layer = entry->states(config);
  StateShapes all;
  for (int64_t i = 0; i < config.layers; ++i) all.insert(all.end(), layer.begin(), layer.end());
  return all;
}

Result<nlohmann::json> describe_model(const std::filesystem::path& path, bool with_hash) {
  LOOM_TRY(const OpenedModel model, open_model(path));
  nlohmann::json described = {{"architecture", model.config.architecture},
                              {"settings", settings_json(model.config)},
                              {"notes", model.config.notes},
                              {"state_bytes", state_bytes(model.config)},
                              {"weights_hash", nullptr}};
  if (with_hash) {
    LOOM_TRY(described["weights_hash"], weights_hash(model.files));
  }
  return described;
}

}  // namespace loom
