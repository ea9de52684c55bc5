// Nemotron and Minitron (arXiv 2402.16819): layer norms whose weight counts from one, a plain block
// with squared relu, and a part of each head that turns.
#include "core/models/architectures.h"

namespace loom {

void describe_nemotron(ModelFields& fields, ModelConfig& config) {
  read_sizes(fields, config);
  config.norm = NormKind::layer;
  config.norm_bias = true;
  // GGUF files hold the sum already.
  config.norm_adds_one = !config.gguf;
  config.wide_norms = true;
  config.norm_epsilon = fields.number({"norm_eps", "attention.layer_norm_epsilon"}, 1e-5);
  // Converters write it under both names.
  fields.only({"", "attention.layer_norm_rms_epsilon"}, config.norm_epsilon);
  read_rope(fields, config, 0.5);
  // The first models' files say these two a second time.
  fields.only({"kv_channels"}, config.head_dim);
  fields.only({"rope_percent"}, fields.number({"partial_rotary_factor"}, 0.5));
  read_tied_head(fields, config, false);
  fields.only({"hidden_act"}, "relu2");
  config.attention_bias = fields.boolean({"attention_bias", "attention_bias"}, false);
  config.output_bias = fields.boolean({"", "output_bias"}, config.attention_bias);
  config.mlp_bias = fields.boolean({"mlp_bias", "mlp_bias"}, false);
  config.gated = false;
  config.activation = Activation::relu_squared;
}

}  // namespace loom
