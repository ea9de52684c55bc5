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

}  // namespace

bool has_other_parts(const json& config) {
  return config.is_object() && config.value("model_type", json()) == "gemma3" &&
         config.contains("text_config") && config["text_config"].is_object();
}

json text_part(const json& config) {
  if (!has_other_parts(config)) return config;
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
