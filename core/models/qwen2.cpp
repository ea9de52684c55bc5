// Qwen2 and Qwen2.5 (arXiv 2407.10671): biases on queries, keys and values; upper layers may have a
// window.
#include "core/models/architectures.h"

namespace loom {

void read_qwen_windows(ModelFields& fields, ModelConfig& config) {
  bool used = fields.boolean({"use_sliding_window"}, false);
  int64_t window = fields.integer({"sliding_window"}, 0), first = fields.integer({"max_window_layers"}, config.layers);
  if (fields.has({"layer_types"})) return read_local_layers(fields, config, used ? window : 0, 0);
  for (size_t i = 0; used && i < config.plan.size(); ++i)
    if (static_cast<int64_t>(i) >= first) config.plan[i].window = window;
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
}

}  // namespace loom
