#include "core/models/model_config.h"

#include <algorithm>
#include <cmath>

#include "core/base/text_file.h"
#include "core/model_files/adapter_folder.h"
#include "core/model_files/text_part.h"
#include "core/models/adapter.h"
#include "core/models/all_models.h"
#include "core/models/quantization.h"

namespace loom {
namespace fs = std::filesystem;
namespace {

using nlohmann::json;

std::vector<TokenId> end_tokens_of(const json& value) {
  if (value.is_number_integer()) return {value.get<TokenId>()};
  std::vector<TokenId> ids;
  if (value.is_array())
    for (const auto& item : value)
      if (item.is_number_integer()) ids.push_back(item.get<TokenId>());
  return ids;
}

Result<ModelConfig> config_of(ModelFields fields, const std::string& architecture) {
  ModelConfig config;
  config.architecture = architecture;
  config.gguf = fields.gguf();
  config.names = config.gguf ? gguf_names() : hugging_face_names();
  const ArchitectureEntry* entry = find_architecture(architecture);
  if (!entry)
    return Error{ErrorKind::unsupported, "the architecture \"" + architecture + "\" is not known",
                 fields.where(), "loomscope-cli doctor lists what this version runs"};
  for (const char* name : {"add_cross_attention", "is_encoder_decoder"}) fields.only({name}, false);
  fields.only({"cross_attention_hidden_size"}, nullptr);
  fields.only({"pruned_heads"}, json::object());
  entry->describe(fields, config);
  if (fields.boolean({"", "joined_qkv"}, false)) config.names.qkv = "attn_qkv";
  LOOM_CHECK(fields.finish());
  return config;
}

// Says what a folder holds beside or instead of a text model that is known.
Status check_kind(ModelFields& fields, const std::string& type) {
  for (const char* part : {"text_config", "vision_config"})
    if (fields.has({part}))
      return Error{ErrorKind::unsupported,
                   "the field " + std::string(part) + " says that this is a multimodal \"" + type +
                       "\" model; only models of text alone are run",
                   fields.where(), "Use the family's text model, where there is one"};
  if (fields.has({"auto_map"}) && !find_architecture(type))
    return Error{ErrorKind::unsupported,
                 "the architecture \"" + type + "\" is not known; auto_map names Python code of the model's own, " +
                     fields.value({"auto_map"}).dump() + ", which is never run",
                 fields.where(), "loomscope-cli doctor lists what this version runs"};
  return {};
}

// The larger checkpoints of Gemma 3 store the text model as one part of several, under a prefix that
// the reference changed once. What sees pictures is not needed for prompts of text.
void use_text_part(OpenedModel& model) {
  for (const std::string prefix : {"language_model.model.", "model.language_model."}) {
    if (!model.weights.has(prefix + "embed_tokens.weight")) continue;
    WeightNames& names = model.config.names;
    names.layer = prefix + "layers.";
    names.embedding = prefix + "embed_tokens";
    names.final_norm = prefix + "norm";
    if (prefix.starts_with("language")) names.head = "language_model.lm_head";
    size_t left_out = 0;
    for (const std::string& name : model.weights.stored_names()) {
      if (!is_of_vision(name)) continue;
      model.weights.ignore(name);
      ++left_out;
    }
    model.config.notes.push_back("the text part of a multimodal model: prompts of text alone are answered, " +
                                 std::to_string(left_out) + " tensors that see pictures are left out");
    return;
  }
}

// As the reference ties: a head that is stored beside the embedding and differs from it is a head of
// its own, and one that is stored in the embedding's place serves as both.
void settle_tied_head(OpenedModel& model) {
  ModelConfig& config = model.config;
  const std::string head = config.names.head + ".weight", embedding = config.names.embedding + ".weight";
  if (!config.tied_head || !model.weights.has(head)) return;
  if (!model.weights.has(embedding)) {
    config.names.embedding = config.names.head;
  } else if (!model.weights.stored_alike(head, embedding)) {
    config.tied_head = false;
    config.notes.push_back("tie_word_embeddings is set, but " + head + " differs from " + embedding +
                           ": the head is used as it is stored");
  }
}

Result<OpenedModel> open_folder(const fs::path& folder) {
  OpenedModel model;
  if (const auto pickled = only_pickled(folder)) return *pickled;
  LOOM_TRY(ModelFields fields, ModelFields::from_folder(folder));
  json end = fields.value({"eos_token_id"});
  const json packing = fields.value({"quantization_config"});
  std::string type = fields.text({"model_type"}, "");
  LOOM_CHECK(check_kind(fields, type));
  const bool own_code = fields.has({"auto_map"});
  LOOM_TRY(model.config, config_of(std::move(fields), type));
  if (own_code)
    model.config.notes.push_back("auto_map names Python code of the model's own, which is never run: " +
                                 type + " is computed as this program knows it");
  if (auto generation = read_json(folder / "generation_config.json");
      generation && generation->contains("eos_token_id"))
    end = (*generation)["eos_token_id"];
  model.config.end_tokens = end_tokens_of(end);
  LOOM_TRY(auto files, open_model_folder(folder));
  model.weights = Weights::from(std::move(files));
  if (std::string(find_architecture(type)->id) == "gemma3") use_text_part(model);
  LOOM_CHECK(unpack_weights(packing, (folder / "config.json").string(), model.weights));
  settle_tied_head(model);
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator(folder, ignored))
    if (entry.path().extension() == ".safetensors" || entry.path().filename() == "config.json" ||
        entry.path().filename() == "generation_config.json")
      model.files.push_back(entry.path());
  std::sort(model.files.begin(), model.files.end());
  return model;
}

Result<OpenedModel> open_adapter(const fs::path& folder) {
  LOOM_TRY(const fs::path base, adapter_base(folder));
  LOOM_TRY(OpenedModel model, open_folder(base));
  LOOM_CHECK(merge_adapter(folder, model.config.tied_head, model.weights));
  settle_tied_head(model);
  for (const char* name : {"adapter_config.json", "adapter_model.safetensors"})
    model.files.push_back(folder / name);
  return model;
}

}  // namespace

Result<OpenedModel> open_model(const fs::path& path) {
  std::error_code ignored;
  if (fs::is_directory(path, ignored))
    return is_adapter(path) ? open_adapter(path) : open_folder(path);
  if (is_pickled(path)) return pickled_weights(path);
  OpenedModel model;
  LOOM_TRY(GgufFile file, GgufFile::open(path));
  LOOM_TRY(ModelFields fields, ModelFields::from_gguf(file));
  LOOM_TRY(const std::string architecture, file.text("general.architecture"));
  LOOM_TRY(model.config, config_of(std::move(fields), architecture));
  for (const char* key : {"tokenizer.ggml.eos_token_id", "tokenizer.ggml.eot_token_id"})
    if (auto id = file.find_integer(key))
      model.config.end_tokens.push_back(static_cast<TokenId>(*id));
  model.weights = Weights::from(std::move(file));
  model.files = {path};
  return model;
}

void read_outer_sizes(ModelFields& fields, ModelConfig& config) {
  config.layers = fields.integer({"num_hidden_layers", "block_count"});
  config.hidden = fields.integer({"hidden_size", "embedding_length"});
  config.heads = fields.integer({"num_attention_heads", "attention.head_count"});
  config.feed_forward = fields.integer({"intermediate_size", "feed_forward_length"});
  config.vocabulary = fields.integer({"vocab_size", "vocab_size"});
  config.window_tokens = fields.integer({"max_position_embeddings", "context_length"});
  if (config.layers > 0 && config.layers <= 1 << 16)
    config.plan.resize(static_cast<size_t>(config.layers));
}

void check_sizes(ModelFields& fields, const ModelConfig& config) {
  for (auto [value, name] : {std::pair{config.layers, "layers"},
                             {config.hidden, "hidden size"},
                             {config.heads, "attention heads"},
                             {config.kv_heads, "key heads"},
                             {config.head_dim, "head dimension"},
                             {config.feed_forward, "feed-forward size"},
                             {config.vocabulary, "vocabulary"},
                             {config.window_tokens, "window"}})
    if (value <= 0 || value > 1 << 24)
      fields.fail(ErrorKind::corrupt,
                  std::string("the number of ") + name + " is " + std::to_string(value));
  if (config.kv_heads > 0 && config.heads % config.kv_heads != 0)
    fields.fail(ErrorKind::corrupt, "attention heads are not a multiple of key heads");
}

void read_sizes(ModelFields& fields, ModelConfig& config) {
  read_outer_sizes(fields, config);
  config.kv_heads =
      fields.integer({"num_key_value_heads", "attention.head_count_kv"}, config.heads);
  config.head_dim = fields.integer({"head_dim", "attention.key_length"},
                                   config.heads > 0 ? config.hidden / config.heads : 0);
  fields.only({"", "attention.value_length"}, config.head_dim);
  config.attention_scale = 1 / std::sqrt(static_cast<double>(config.head_dim));
  check_sizes(fields, config);
}

void read_rms_norm(ModelFields& fields, ModelConfig& config) {
  config.norm_epsilon = fields.number({"rms_norm_eps", "attention.layer_norm_rms_epsilon"}, 1e-6);
}

void read_tied_head(ModelFields& fields, ModelConfig& config, bool fallback) {
  config.tied_head = fields.boolean({"tie_word_embeddings", "tie_word_embeddings"}, fallback);
}

void read_local_layers(ModelFields& fields, ModelConfig& config, int64_t window, int64_t every) {
  json types = fields.value({"layer_types"});
  if (!types.is_null() && (!types.is_array() || types.size() != config.plan.size()))
    return fields.fail(ErrorKind::corrupt, "the field layer_types does not name every layer");
  for (size_t i = 0; i < config.plan.size(); ++i) {
    bool local = every > 0 && (i + 1) % static_cast<size_t>(every) != 0;
    if (!types.is_null()) {
      local = types[i] == "sliding_attention";
      if (!local && types[i] != "full_attention")
        fields.fail(ErrorKind::unsupported,
                    "the field layer_types has " + types[i].dump() + ", which is not known");
    }
    if (local) config.plan[i].window = window;
  }
  if (window < 0)
    fields.fail(ErrorKind::corrupt, "the field sliding_window is " + std::to_string(window));
}

}  // namespace loom
