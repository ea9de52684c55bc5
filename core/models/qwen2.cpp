// Qwen2 and Qwen2.5 (arXiv 2407.10671): biases on queries, keys and values; upper layers may have a
// window.
#include <algorithm>

#include "core/models/architectures.h"

namespace loom {

void read_qwen_windows(ModelFields& fields, ModelConfig& config) {
  bool used = fields.boolean({"use_sliding_window"}, false);
  int64_t window = fields.integer({"sliding_window"}, 0), first = fields.integer({"max_window_layers"}, config.layers);
  if (config.architecture == "qwen3_moe") first = 0;  // the reference's mixtures of experts have it in every layer
  if (fields.has({"layer_types"})) return read_local_layers(fields, config, used ? window : 0, 0);
  for (size_t i = 0; used && i < config.plan.size(); ++i)
    if (static_cast<int64_t>(i) >= first) config.plan[i].window = window;
}

void read_dual_chunks(ModelFields& fields, ModelConfig& config) {
  nlohmann::json settings = fields.value({"dual_chunk_attention_config"});
  if (settings.is_null()) return;
  int64_t trained = 0;
  if (settings.is_object() && settings.contains("original_max_position_embeddings") &&
      settings["original_max_position_embeddings"].is_number_integer())
    trained = settings["original_max_position_embeddings"].get<int64_t>();
  if (trained <= 0)
    return fields.fail(ErrorKind::corrupt, "the field dual_chunk_attention_config does not say original_max_position_embeddings");
  config.window_tokens = std::min(config.window_tokens, trained);
  config.notes.push_back("dual chunk attention is off; the window is the trained length of " + std::to_string(trained) + " tokens");
}

void describe_qwen2(ModelFields& fields, ModelConfig& config) {
  read_sizes(fields, config);
  read_rms_norm(fields, config);
  read_rope(fields, config);
  read_tied_head(fields, config, false);
  fields.only({"hidden_act"}, "silu");
  fields.only({"use_mrope"}, false);
  fields.only({"attention_bias", "attention_bias"}, true);
  config.attention_bias = true;
  read_qwen_windows(fields, config);
  read_dual_chunks(fields, config);
}

}  // namespace loom
