// Command R7B (Cohere): attention and feed-forward read one layer norm's output, three local layers
// with interleaved rotation are followed by a global one without positions, logits are scaled.
#include "core/models/architectures.h"

namespace loom {

void describe_cohere2(ModelFields& fields, ModelConfig& config) {
  read_sizes(fields, config);
  config.norm = NormKind::layer;
  config.norm_epsilon = fields.number({"layer_norm_eps", "attention.layer_norm_epsilon"}, 1e-5);
  read_rope(fields, config);
  read_tied_head(fields, config, true);
  fields.only({"hidden_act"}, "silu");
  fields.only({"attention_bias"}, false);
  fields.only({"use_qk_norm"}, false);
  fields.only({"use_parallel_block"}, true);
  fields.ignore({"use_parallel_embedding"});  // how several devices of another program share it
  fields.only({"use_gated_activation"}, true);
  fields.only({"use_embedding_sharing"}, true);
  fields.only({"position_embedding_type"}, "rope_gptj");
  fields.only({"layer_switch"}, 4);
  fields.only({"order_of_interleaved_layers"}, "local_attn_first");
  fields.only({"rotary_pct"}, 1.0);
  config.logit_scale = fields.number({"logit_scale", "logit_scale"}, 0.0625);
  int64_t every = fields.integer({"sliding_window_pattern"}, fields.integer({"_sliding_window_pattern"}, 4));
  read_local_layers(fields, config, fields.integer({"sliding_window", "attention.sliding_window"}, 4096), every);
  for (LayerPlan& layer : config.plan) layer.rotation = layer.window > 0 ? 0 : -1;
  config.parallel_block = true;
  config.interleaved_rope = true;
  config.names.feed_forward_norm.clear();
}

}  // namespace loom
