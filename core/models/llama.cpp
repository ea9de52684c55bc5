// Llama (Touvron et al. 2023, arXiv 2302.13971; grouped queries and rotary scaling of Llama 3).
#include "core/models/architectures.h"

namespace loom {

void describe_llama(ModelFields& fields, ModelConfig& config) {
  read_sizes(fields, config);
  read_rms_norm(fields, config);
  read_rope(fields, config);
  read_tied_head(fields, config, false);
  fields.only({"hidden_act"}, "silu");
  fields.only({"rope_interleaved"}, false);
  fields.only({"", "expert_count"}, 0);
  fields.only({"", "expert_used_count"}, 0);
  config.attention_bias = fields.boolean({"attention_bias", "attention_bias"}, false);
  config.output_bias = fields.boolean({"", "output_bias"}, config.attention_bias);
  config.mlp_bias = fields.boolean({"mlp_bias", "mlp_bias"}, false);
  // This container's writer stores the pairs of a rotation side by side, for this architecture only.
  config.interleaved_rope = config.gguf;
}

}  // namespace loom
