#include <algorithm>
#include <array>

#include "core/base/hub_folders.h"
#include "core/base/text_file.h"
#include "core/catalog/model_inspection.h"
#include "core/model_files/safetensors_file.h"

namespace loom {
namespace fs = std::filesystem;
namespace {

using nlohmann::json;

size_t size_of(const json& config, const char* field) {
  auto found = config.find(field);
  if (found == config.end() || !found->is_number_integer()) return 0;
  const auto value = found->get<int64_t>();
  return value > 0 ? static_cast<size_t>(value) : 0;
}

size_t first_of(const json& config, std::initializer_list<const char*> fields) {
  for (const char* field : fields)
    if (const size_t value = size_of(config, field)) return value;
  return 0;
}

// Different families spell the same numbers differently (transformers' configuration classes).
void read_shape(const json& config, LocalModel& model) {
  model.window_tokens = first_of(config, {"max_position_embeddings", "n_positions", "seq_length"});
  model.layers = first_of(config, {"num_hidden_layers", "num_layers", "n_layer"});
  model.hidden = first_of(config, {"hidden_size", "n_embd", "d_model"});
  model.vocabulary = first_of(config, {"vocab_size", "padded_vocab_size"});
  const size_t heads = first_of(config, {"num_attention_heads", "n_head"});
  model.kv_heads = first_of(config, {"num_key_value_heads", "multi_query_group_num"});
  if (model.kv_heads == 0) model.kv_heads = heads;
  model.head_dim = first_of(config, {"head_dim", "kv_channels"});
  if (model.head_dim == 0 && heads > 0) model.head_dim = model.hidden / heads;
  if (const size_t rank = size_of(config, "kv_lora_rank"))
    model.latent_width = rank + size_of(config, "qk_rope_head_dim");
}

std::string first_line(const std::string& text) {
  return text.substr(0, text.find('\n'));
}

void read_weights(const fs::path& folder, LocalModel& model) {
  auto files = open_model_folder(folder);
  if (!files) {
    model.problem = first_line(describe(files.error()));
    return;
  }
  WeightCount weights;
  for (const SafetensorsFile& file : *files)
    for (const TensorInfo& tensor : file.tensors()) {
      weights.add(tensor);
      model.file_bytes += tensor.bytes.size();
    }
  weights.store(model);
}

bool carries_chat_template(const fs::path& folder) {
  std::error_code ignored;
  if (fs::exists(folder / "chat_template.jinja", ignored)) return true;
  auto config = read_json(folder / "tokenizer_config.json");
  return config && config->is_object() && config->contains("chat_template") &&
         !(*config)["chat_template"].is_null();
}

std::string folder_name(const fs::path& folder) {
  const fs::path snapshots = folder.parent_path();
  if (snapshots.filename() == "snapshots")
    if (std::string name = hub_name(snapshots.parent_path()); !name.empty()) return name;
  return folder.filename().string();
}

}  // namespace

Result<LocalModel> inspect_hugging_face_folder(const fs::path& given) {
  std::error_code ignored;
  const fs::path folder = given.has_filename() ? given : given.parent_path();
  LOOM_TRY(json config, read_json(folder / "config.json"));
  if (!config.is_object() || !config.value("model_type", json()).is_string())
    return Error{ErrorKind::unsupported, "model_type is missing", (folder / "config.json").string(),
                 "Give the folder of a model saved by transformers"};
  LocalModel model;
  model.path = folder;
  model.name = folder_name(folder);
  model.architecture = config["model_type"].get<std::string>();
  const json inner = config.value("text_config", json());
  read_shape(inner.is_object() ? inner : config, model);
  read_weights(folder, model);
  model.has_chat_template = carries_chat_template(folder);
  const std::array tokenizers = {"tokenizer.json", "tokenizer.model", "rwkv_vocab_v20230424.txt"};
  const bool has_tokenizer =
      std::any_of(tokenizers.begin(), tokenizers.end(),
                  [&](const char* name) { return fs::exists(folder / name, ignored); });
  if (model.problem.empty() && !has_tokenizer) model.problem = "The folder has no tokenizer.json";
  judge_support(model);
  return model;
}

}  // namespace loom
