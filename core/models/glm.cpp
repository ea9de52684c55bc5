// GLM-4 (arXiv 2406.12793): biases on queries, keys and values, gate and up in one matrix, half of
// each head turns, in interleaved pairs. The 0414 models (glm4) norm behind each block as well.
#include "core/models/architectures.h"

namespace loom {

void describe_glm(ModelFields& fields, ModelConfig& config) {
  read_sizes(fields, config);
  read_rms_norm(fields, config);
  read_rope(fields, config, 0.5);
  read_tied_head(fields, config, false);
  fields.only({"hidden_act"}, "silu");
  config.attention_bias = fields.boolean({"attention_bias", "attention_bias"}, true);
  config.interleaved_rope = true;
  config.names.gate_up = config.gguf ? "ffn_up" : "mlp.gate_up_proj";
}

void describe_glm4(ModelFields& fields, ModelConfig& config) {
  describe_glm(fields, config);
  config.names.attention_post_norm = config.gguf ? "post_attention_norm" : "post_self_attn_layernorm";
  config.names.feed_forward_post_norm = config.gguf ? "post_ffw_norm" : "post_mlp_layernorm";
}

}  // namespace loom
