// Qwen3 (arXiv 2505.09388): norms on each head's queries and keys.
#include "core/models/architectures.h"

namespace loom {

void describe_qwen3(ModelFields& fields, ModelConfig& config) {
  read_sizes(fields, config);
  read_rms_norm(fields, config);
  read_rope(fields, config);
  read_tied_head(fields, config, false);
  fields.only({"hidden_act"}, "silu");
  config.attention_bias = fields.boolean({"attention_bias", "attention_bias"}, false);
  config.output_bias = fields.boolean({"", "output_bias"}, config.attention_bias);
  config.names.q_norm = config.gguf ? "attn_q_norm" : "self_attn.q_norm";
  config.names.k_norm = config.gguf ? "attn_k_norm" : "self_attn.k_norm";
  read_qwen_windows(fields, config);
  read_dual_chunks(fields, config);
}

}  // namespace loom
