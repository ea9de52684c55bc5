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
  if (!entry || !entry->load) return {};
  const RecurrentSettings& sizes = config.recurrent;
  const std::string id = entry->id;
  std::vector<std::vector<int64_t>> states;
  for (int64_t layer = 0; layer < config.layers; ++layer) {
    if (id == "mamba") {
      states.push_back({sizes.taps - 1, sizes.inner});
      states.push_back({sizes.state, sizes.inner});
    } else if (id == "mamba2") {
      states.push_back({sizes.taps - 1, sizes.inner + 2 * sizes.groups * sizes.state});
      states.push_back({config.heads, sizes.state, config.head_dim});
    } else if (id == "gla") {
      states.push_back({config.heads, sizes.state, config.head_dim});
      if (sizes.taps > 0)
        for (int64_t width : {config.heads * sizes.state, config.kv_heads * sizes.state,
                              config.kv_heads * config.head_dim})
          states.push_back({sizes.taps - 1, width});
    } else {  // RWKV
      states.push_back({config.hidden});
      states.push_back({config.heads, config.head_dim, config.head_dim});
      states.push_back({config.hidden});
    }
  }
  return states;
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
