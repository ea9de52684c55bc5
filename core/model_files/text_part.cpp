#include "core/model_files/text_part.h"

#include <string_view>

namespace loom {
namespace {

using nlohmann::json;

// The reference's Gemma3TextConfig: published files name what differs from it alone.
const json& gemma3_defaults() {
  static const json defaults = {{"vocab_size", 262208},      {"hidden_size", 2304},
                                {"intermediate_size", 9216}, {"num_hidden_layers", 26},
                                {"num_attention_heads", 8},  {"num_key_value_heads", 4},
                                {"head_dim", 256},           {"max_position_embeddings", 131072},
                                {"rms_norm_eps", 1e-6},      {"query_pre_attn_scalar", 256},
                                {"sliding_window", 4096}};
  return defaults;
}

// What the reference's classes take a field to be that a file leaves out, where that is not what
// the other families take it to be. A null stays: it says "none".
json defaults_of(const std::string& type) {
  if (type == "mistral") return {{"num_key_value_heads", 8}, {"sliding_window", 4096}};
  if (type == "qwen2" || type == "qwen3" || type == "qwen3_moe") {
    json defaults = {{"sliding_window", 4096},
                     {"num_key_value_heads", type == "qwen3_moe" ? 4 : 32}};
    if (type != "qwen3_moe") defaults["max_window_layers"] = 28;
    if (type == "qwen3") defaults["head_dim"] = 128;
    return defaults;
  }
  if (type == "phi3") return {{"rms_norm_eps", 1e-5}, {"original_max_position_embeddings", 4096}};
  if (type == "gemma2")
    return {{"num_key_value_heads", 4},        {"head_dim", 256},
            {"query_pre_attn_scalar", 256},    {"attn_logit_softcapping", 50.0},
            {"final_logit_softcapping", 30.0}, {"sliding_window", 4096}};
  if (type == "gemma3_text")
    return {{"num_key_value_heads", 4},
            {"head_dim", 256},
            {"query_pre_attn_scalar", 256},
            {"sliding_window", 4096}};
  if (type == "glm" || type == "glm4")
    return {{"num_key_value_heads", 2}, {"head_dim", 128}, {"rms_norm_eps", 1.5625e-07}};
  if (type == "deepseek_v2") return {{"q_lora_rank", 1536}, {"n_shared_experts", 2}};
  if (type == "deepseek_v3")
    return {{"q_lora_rank", 1536}, {"n_shared_experts", 1},        {"n_group", 8},
            {"topk_group", 4},     {"routed_scaling_factor", 2.5}, {"num_experts_per_tok", 8}};
  return json::object();
}

}  // namespace

bool has_other_parts(const json& config) {
  return config.is_object() && config.value("model_type", json()) == "gemma3" &&
         config.contains("text_config") && config["text_config"].is_object();
}

json text_part(const json& config) {
  if (!has_other_parts(config)) {
    json whole = config;
    const json type = config.is_object() ? config.value("model_type", json()) : json();
    const json defaults = type.is_string() ? defaults_of(type.get<std::string>()) : json::object();
    for (const auto& [field, value] : defaults.items())
      if (!whole.contains(field)) whole[field] = value;
    return whole;
  }
  json part = gemma3_defaults();
  for (const auto& [field, value] : config["text_config"].items())
    if (!value.is_null() || !part.contains(field)) part[field] = value;
  part["model_type"] = config["model_type"];
  // Said of the whole file.
  for (const char* field : {"eos_token_id", "quantization_config", "tie_word_embeddings"})
    if (config.contains(field)) part[field] = config[field];
  return part;
}

bool is_of_vision(const std::string& tensor) {
  for (const std::string_view prefix : {"vision_tower.", "multi_modal_projector.",
                                        "model.vision_tower.", "model.multi_modal_projector."})
    if (tensor.starts_with(prefix)) return true;
  return false;
}

}  // namespace loom
