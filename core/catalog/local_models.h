// Models on this machine: the model folder, folders the user added, the Hugging Face cache (read
// in place). Reads headers only, never weights.
#pragma once

#include <filesystem>
#include <vector>

#include "core/base/result.h"

namespace loom {

struct LocalModel {
  std::filesystem::path path;  // GGUF file or folder
  std::string name, architecture, weight_type;
  bool supported = false;
  std::string problem;  // why it cannot run here, when it cannot
  uint64_t parameters = 0, file_bytes = 0;
  size_t window_tokens = 0, layers = 0, kv_heads = 0, head_dim = 0, hidden = 0, vocabulary = 0;
  size_t latent_width = 0;  // of the one row that latent attention keeps for all heads; 0: others
  bool has_chat_template = false;
  bool recurrent = false;  // no window, no keys and values
  bool encoder = false;    // gives embeddings, no answers, and keeps no keys and values

  bool can_answer() const { return supported && !encoder; }
};

// Peak bytes for weights (as held in memory), KV pages and work space when many prompts of one
// length are answered, by the engine's own rule (cache_budget.h).
struct MemoryForecast {
  uint64_t program = 0, weights = 0, kv_cache = 0, workspace = 0;
  uint64_t total() const { return program + weights + kv_cache + workspace; }
};

Result<LocalModel> inspect_model(const std::filesystem::path& path);
std::vector<LocalModel> find_models(const std::vector<std::filesystem::path>& folders);
// Default folders: the program's model folder and the Hugging Face cache (HF_HOME, HF_HUB_CACHE).
std::vector<std::filesystem::path> default_model_folders();
// A name, a path, or hf:ORG/NAME resolved to what is on this disk.
Result<LocalModel> resolve_model(const std::string& name_or_path,
                                 const std::vector<std::filesystem::path>& folders);
// Of keys and values of one sequence, in whole pages. 0 for recurrent models.
uint64_t kv_bytes(const LocalModel& model, size_t sequence_tokens);
MemoryForecast forecast_memory(const LocalModel& model, size_t sequence_tokens);

}  // namespace loom
