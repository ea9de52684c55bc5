#include <algorithm>

#include "core/base/hub_folders.h"
#include "core/base/text_file.h"
#include "core/catalog/model_inspection.h"
#include "core/catalog/weight_count.h"
#include "core/model_files/adapter_folder.h"
#include "core/model_files/text_part.h"

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
  model.heads = heads;
  for (const char* field : {"intermediate_size", "moe_intermediate_size", "ffn_hidden_size"})
    model.feed_forward = std::max(model.feed_forward, size_of(config, field));
}

// "base_model.model.NAME.lora_A.weight" changes NAME.weight; other names are stored whole.
std::string changed_by(const std::string& name) {
  constexpr std::string_view kPrefix = "base_model.model.";
  std::string changed = name.starts_with(kPrefix) ? name.substr(kPrefix.size()) : name;
  for (const std::string_view half : {".lora_A.weight", ".lora_B.weight"})
    if (changed.ends_with(half)) return changed.substr(0, changed.size() - half.size()) + ".weight";
  return changed;
}

StorageRules storage_rules(const json& config, const LocalModel& model,
                           const AdapterParts* adapter) {
  StorageRules rules;
  const json packing = config.value("quantization_config", json());
  const json method = packing.is_object() ? packing.value("quant_method", json()) : json();
  if (method.is_string()) rules.packed = method.get<std::string>();
  if (const size_t bits = packing.is_object() ? size_of(packing, "bits") : 0;
      bits > 0 && bits <= 32)
    rules.bits = static_cast<int>(bits);
  const json groups = packing.is_object() ? packing.value("config_groups", json()) : json();
  if (groups.is_object() && !groups.empty() && groups.begin()->is_object())
    if (const json weights = groups.begin()->value("weights", json()); weights.is_object())
      if (const size_t bits = size_of(weights, "num_bits"); bits > 0 && bits <= 32)
        rules.bits = static_cast<int>(bits);
  rules.encoder = !traits_of(model.architecture).answers;
  rules.tied_head = config.value("tie_word_embeddings", json()) == true;
  rules.layers = model.layers;
  if (adapter && adapter->matrices)
    for (const TensorInfo& tensor : adapter->matrices->tensors())
      rules.merged.insert(changed_by(tensor.name));
  return rules;
}

std::string first_line(const std::string& text) {
  return text.substr(0, text.find('\n'));
}

void read_weights(StorageRules rules, const AdapterParts* adapter, LocalModel& model) {
  auto files = open_model_folder(model.path);
  if (!files) {
    model.problem = first_line(describe(files.error()));
    return;
  }
  for (const SafetensorsFile& file : *files)
    for (const TensorInfo& tensor : file.tensors())
      if (tensor.name.ends_with(".weight_scale") && tensor.type == WeightType::f32)
        rules.wide_factors = true;
  WeightCount weights(std::move(rules));
  for (const SafetensorsFile& file : *files)
    for (const TensorInfo& tensor : file.tensors()) {
      weights.add(tensor);
      model.file_bytes += tensor.bytes.size();
    }
  if (adapter && adapter->matrices)
    for (const TensorInfo& tensor : adapter->matrices->tensors()) weights.add_adapter(tensor);
  weights.store(model);
}

// As load_chat_format() looks for it.
std::string chat_template_of(const fs::path& folder) {
  std::error_code ignored;
  if (fs::exists(folder / "chat_template.jinja", ignored)) return "chat_template.jinja";
  auto config = read_json(folder / "tokenizer_config.json");
  const bool inside = config && config->is_object() && config->contains("chat_template") &&
                      !(*config)["chat_template"].is_null();
  return inside ? "tokenizer_config.json" : "";
}

// As load_tokenizer() looks for it.
std::string tokenizer_of(const fs::path& folder) {
  std::error_code ignored;
  for (const char* name : {"tokenizer.json", "tokenizer.model", "spiece.model",
                           "sentencepiece.bpe.model", "rwkv_vocab_v20230424.txt"})
    if (fs::exists(folder / name, ignored)) return name;
  return "";
}

std::string folder_name(const fs::path& folder) {
  const fs::path snapshots = folder.parent_path();
  if (snapshots.filename() == "snapshots")
    if (std::string name = hub_name(snapshots.parent_path()); !name.empty()) return name;
  return folder.filename().string();
}

}  // namespace

Result<LocalModel> inspect_hugging_face_folder(const fs::path& given, const AdapterParts* adapter) {
  const fs::path folder = given.has_filename() ? given : given.parent_path();
  LOOM_TRY(const json whole, read_json(folder / "config.json"));
  if (!whole.is_object() || !whole.value("model_type", json()).is_string())
    return Error{ErrorKind::unsupported, "model_type is missing", (folder / "config.json").string(),
                 "Give the folder of a model saved by transformers"};
  LocalModel model;
  model.path = folder;
  model.name = folder_name(folder);
  model.architecture = whole["model_type"].get<std::string>();
  const json config = text_part(whole), inner = config.value("text_config", json());
  read_shape(inner.is_object() ? inner : config, model);
  StorageRules rules = storage_rules(config, model, adapter);
  rules.other_parts = has_other_parts(whole);
  read_weights(std::move(rules), adapter, model);
  fs::path text = folder;
  if (adapter) {
    LOOM_TRY(text, text_folder(adapter->folder));
  }
  model.chat_template = chat_template_of(text);
  model.has_chat_template = !model.chat_template.empty();
  model.tokenizer = tokenizer_of(text);
  if (model.problem.empty() && model.tokenizer.empty())
    model.problem =
        "The folder has no tokenizer that is read, such as tokenizer.json or tokenizer.model";
  judge_support(model);
  return model;
}

}  // namespace loom
