#include "core/models/model_config.h"

#include <nlohmann/json.hpp>

#include "core/base/text_file.h"

namespace loom {
namespace fs = std::filesystem;
namespace {

using nlohmann::json;

Status check_sizes(const ModelConfig& config, const std::string& where) {
  for (auto [value, name] : {std::pair{config.layers, "layers"}, {config.hidden, "hidden size"},
                             {config.heads, "attention heads"}, {config.kv_heads, "key heads"},
                             {config.head_dim, "head dimension"}, {config.feed_forward, "feed-forward size"},
                             {config.vocabulary, "vocabulary"}, {config.window_tokens, "window"}})
    if (value <= 0 || value > 1 << 24)
      return Error{ErrorKind::corrupt, std::string("the number of ") + name + " is " + std::to_string(value), where, ""};
  if (config.heads % config.kv_heads != 0)
    return Error{ErrorKind::corrupt, "attention heads are not a multiple of key heads", where, ""};
  return {};
}

Result<ModelConfig> config_from_gguf(const GgufFile& file) {
  ModelConfig config;
  config.gguf = true;
  LOOM_TRY(config.architecture, file.text("general.architecture"));
  std::string prefix = config.architecture + ".";
  LOOM_TRY(config.layers, file.integer(prefix + "block_count"));
  LOOM_TRY(config.hidden, file.integer(prefix + "embedding_length"));
  LOOM_TRY(config.heads, file.integer(prefix + "attention.head_count"));
  config.kv_heads = file.find_integer(prefix + "attention.head_count_kv").value_or(config.heads);
  LOOM_TRY(config.feed_forward, file.integer(prefix + "feed_forward_length"));
  LOOM_TRY(config.window_tokens, file.integer(prefix + "context_length"));
  LOOM_TRY(config.norm_epsilon, file.number(prefix + "attention.layer_norm_rms_epsilon"));
  config.head_dim = file.find_integer(prefix + "attention.key_length").value_or(config.heads > 0 ? config.hidden / config.heads : 0);
  config.rope.dimensions = file.find_integer(prefix + "rope.dimension_count").value_or(config.head_dim);
  config.rope.theta = file.find_number(prefix + "rope.freq_base").value_or(10000);
  std::string scaling = file.find_text(prefix + "rope.scaling.type").value_or("none");
  if (scaling == "linear") {
    config.rope.linear_factor = file.find_number(prefix + "rope.scaling.factor").value_or(1);
  } else if (scaling != "none") {
    return Error{ErrorKind::unsupported, "rotary scaling \"" + scaling + "\" is not known", file.path().string(), ""};
  }
  if (file.find_integer(prefix + "expert_count").value_or(0) > 0)
    return Error{ErrorKind::unsupported, "mixture-of-experts layers are not known", file.path().string(), ""};
  const TensorInfo* embedding = file.tensor("token_embd.weight");
  if (!embedding || embedding->shape.size() != 2)
    return Error{ErrorKind::corrupt, "the tensor token_embd.weight is missing", file.path().string(),
                 "A vocabulary without weights cannot be run"};
  config.vocabulary = embedding->shape[0];
  config.tied_head = !file.tensor("output.weight");
  config.attention_bias = file.tensor("blk.0.attn_q.bias") != nullptr;
  for (const char* key : {"tokenizer.ggml.eos_token_id", "tokenizer.ggml.eot_token_id"})
    if (auto id = file.find_integer(key)) config.end_tokens.push_back(static_cast<TokenId>(*id));
  LOOM_CHECK(check_sizes(config, file.path().string()));
  return config;
}

Status read_rope_scaling(const json& scaling, ModelConfig& config, const std::string& where) {
  if (scaling.is_null()) return {};
  std::string type = scaling.value("rope_type", scaling.value("type", std::string("default")));
  if (type == "default") return {};
  if (type == "linear") {
    config.rope.linear_factor = scaling.value("factor", 1.0);
  } else if (type == "llama3") {
    config.rope.llama3 = Llama3Scaling{scaling.value("factor", 8.0), scaling.value("low_freq_factor", 1.0),
                                       scaling.value("high_freq_factor", 4.0),
                                       scaling.value("original_max_position_embeddings", 8192.0)};
  } else {
    return Error{ErrorKind::unsupported, "rotary scaling \"" + type + "\" is not known", where, ""};
  }
  return {};
}

std::vector<TokenId> end_tokens_of(const json& value) {
  if (value.is_number_integer()) return {value.get<TokenId>()};
  std::vector<TokenId> ids;
  if (value.is_array())
    for (const auto& item : value)
      if (item.is_number_integer()) ids.push_back(item.get<TokenId>());
  return ids;
}

Result<ModelConfig> config_from_json(const fs::path& folder) {
  fs::path file = folder / "config.json";
  LOOM_TRY(json root, read_json(file));
  if (!root.is_object()) return Error{ErrorKind::corrupt, "is not an object", file.string(), ""};
  try {
    ModelConfig config;
    config.architecture = root.value("model_type", "");
    config.layers = root.value("num_hidden_layers", 0);
    config.hidden = root.value("hidden_size", 0);
    config.heads = root.value("num_attention_heads", 0);
    config.kv_heads = root.value("num_key_value_heads", config.heads);
    config.head_dim = root.contains("head_dim") && root["head_dim"].is_number() ? root["head_dim"].get<int64_t>()
                      : config.heads > 0                                        ? config.hidden / config.heads
                                                                                : 0;
    config.feed_forward = root.value("intermediate_size", 0);
    config.vocabulary = root.value("vocab_size", 0);
    config.window_tokens = root.value("max_position_embeddings", 0);
    config.norm_epsilon = root.value("rms_norm_eps", 1e-6);
    config.tied_head = root.value("tie_word_embeddings", false);
    config.attention_bias = root.value("attention_bias", false);
    config.mlp_bias = root.value("mlp_bias", false);
    config.rope.dimensions = config.head_dim;
    config.rope.theta = root.value("rope_theta", 10000.0);
    // Newer files keep everything about rotation in one object.
    json rope = root.value("rope_parameters", root.value("rope_scaling", json()));
    if (rope.is_object() && rope.contains("rope_theta")) config.rope.theta = rope["rope_theta"].get<double>();
    LOOM_CHECK(read_rope_scaling(rope, config, file.string()));
    if (root.value("hidden_act", "silu") != std::string("silu"))
      return Error{ErrorKind::unsupported, "the activation " + root["hidden_act"].get<std::string>() + " is not known", file.string(), ""};
    json end = root.value("eos_token_id", json());
    if (auto generation = read_json(folder / "generation_config.json"); generation && generation->contains("eos_token_id"))
      end = (*generation)["eos_token_id"];
    config.end_tokens = end_tokens_of(end);
    LOOM_CHECK(check_sizes(config, file.string()));
    return config;
  } catch (const json::exception& problem) {
    return Error{ErrorKind::corrupt, problem.what(), file.string(), ""};
  }
}

}  // namespace

Result<OpenedModel> open_model(const fs::path& path) {
  OpenedModel model;
  std::error_code ignored;
  if (fs::is_directory(path, ignored)) {
    LOOM_TRY(model.config, config_from_json(path));
    LOOM_TRY(auto files, open_model_folder(path));
    model.weights = Weights::from(std::move(files));
    for (const auto& entry : fs::directory_iterator(path, ignored))
      if (entry.path().extension() == ".safetensors") model.files.push_back(entry.path());
    std::sort(model.files.begin(), model.files.end());
    return model;
  }
  LOOM_TRY(GgufFile file, GgufFile::open(path));
  LOOM_TRY(model.config, config_from_gguf(file));
  model.weights = Weights::from(std::move(file));
  model.files = {path};
  return model;
}

}  // namespace loom
