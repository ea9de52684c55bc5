// What was understood of a model's description, told without loading its weights: for whoever wants
// to see which numbers the engine would compute with.
#pragma once

#include <filesystem>
#include <nlohmann/json.hpp>

#include "core/models/model_config.h"

namespace loom {

// Every hyper-parameter as it was read, defaults included, under this program's own names.
nlohmann::json settings_json(const ModelConfig& config);
// Shapes of what recurrent layers keep of one sequence, in the order of a model's KvShape; none for
// models with attention.
std::vector<std::vector<int64_t>> recurrent_states(const ModelConfig& config);

// {"architecture", "settings", "notes", "state_bytes", "weights_hash"}; the hash, which reads whole
// files the first time, only where it is asked for, else null.
Result<nlohmann::json> describe_model(const std::filesystem::path& path, bool with_hash);

}  // namespace loom
