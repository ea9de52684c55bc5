// Models on this machine: the model folder, folders the user added, the Hugging Face cache (read
// in place). Reads headers only, never weights.
#pragma once

#include <filesystem>
#include <vector>

#include "core/base/result.h"
#include "core/catalog/weight_parts.h"

namespace loom {

struct LocalModel {
  std::filesystem::path path;  // GGUF file or folder
  std::string name, architecture, weight_type;
  bool supported = false;
  std::string problem;  // why it cannot run here, when it cannot
  uint64_t parameters = 0, file_bytes = 0;
  size_t window_tokens = 0, layers = 0, kv_heads = 0, head_dim = 0, hidden = 0, vocabulary = 0;
  size_t latent_width = 0;  // of the one row that latent attention keeps for all heads; 0: others
  size_t heads = 0, feed_forward = 0;  // query heads; the widest feed-forward part
  WeightParts weights;
  std::string tokenizer;               // what its vocabulary is read from; empty: none is here
  std::string chat_template;           // what its chat template is read from; empty: it has none
  std::filesystem::path adapter_base;  // of an adapter: the model that it changes
  bool has_chat_template = false;
  bool recurrent = false;  // no window, no keys and values
  bool answers = true;     // false: an encoder, whose embeddings serve BERTScore
  bool can_answer() const { return supported && answers; }
  // Of its weights once they are loaded on the CPU.
  uint64_t held_bytes() const { return weights.held() > 0 ? weights.held() : file_bytes; }
};

// Peak bytes for weights (as held in memory), KV pages and work space when many prompts of one
// length are answered, by the engine's own rule (cache_budget.h).
struct MemoryForecast {
  uint64_t program = 0, weights = 0, kv_cache = 0, workspace = 0;
  uint64_t total() const { return program + weights + kv_cache + workspace; }
};

Result<LocalModel> inspect_model(const std::filesystem::path& path);
std::vector<LocalModel> find_models(const std::vector<std::filesystem::path>& folders);
// The one with the fewest parameters of those that answer; null where none does.
const LocalModel* smallest_answering(const std::vector<LocalModel>& models);
// Default folders: the program's model folder and the Hugging Face cache (HF_HOME, HF_HUB_CACHE).
std::vector<std::filesystem::path> default_model_folders();
// A name, a path, or hf:ORG/NAME resolved to what is on this disk.
Result<LocalModel> resolve_model(const std::string& name_or_path,
                                 const std::vector<std::filesystem::path>& folders);
// The same for a model that is to answer: an Error for encoders and for what cannot run here.
Result<LocalModel> resolve_answering_model(const std::string& name_or_path,
                                           const std::vector<std::filesystem::path>& folders);
// Of keys and values of one sequence, in whole pages. 0 for recurrent models.
uint64_t kv_bytes(const LocalModel& model, size_t sequence_tokens);
// While one prompt of that length is read: a chunk on its way through a layer, the layer's keys and
// values side by side, and logits.
uint64_t working_bytes(const LocalModel& model, size_t sequence_tokens);
MemoryForecast forecast_memory(const LocalModel& model, size_t sequence_tokens);

}  // namespace loom
