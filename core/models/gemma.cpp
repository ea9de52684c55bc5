// Gemma 2 (arXiv 2408.00118) and the text part of Gemma 3 (arXiv 2503.19786): norms before and behind
// each block, gated gelu, scaled embeddings, local layers between global ones. Gemma 2 bends scores
// and logits; Gemma 3 norms queries and keys and turns local layers with a base of their own.
#include <cmath>

#include "core/models/architectures.h"

namespace loom {
namespace {

void read_gemma(ModelFields& fields, ModelConfig& config) {
  read_sizes(fields, config);
  read_rms_norm(fields, config);
  read_tied_head(fields, config, true);
  fields.only({"hidden_activation"}, "gelu_pytorch_tanh");
  fields.ignore({"hidden_act"});  // the reference reads hidden_activation alone
  fields.only({"attention_bias"}, false);
  fields.only({"use_bidirectional_attention"}, false);
  config.activation = Activation::gelu_tanh;
  config.embedding_scale = std::sqrt(static_cast<double>(config.hidden));
  // GGUF files hold the sum already.
  config.norm_adds_one = !config.gguf;
  config.wide_norms = true;
  auto scalar = fields.number({"query_pre_attn_scalar"}, static_cast<double>(config.head_dim));
  config.attention_scale = 1 / std::sqrt(scalar);
  config.names.attention_post_norm = config.gguf ? "post_attention_norm" : "post_attention_layernorm";
  config.names.feed_forward_norm = config.gguf ? "ffn_norm" : "pre_feedforward_layernorm";
  config.names.feed_forward_post_norm = config.gguf ? "post_ffw_norm" : "post_feedforward_layernorm";
  config.attention_soft_cap = fields.number({"attn_logit_softcapping", "attn_logit_softcapping"}, 0);
  config.final_soft_cap = fields.number({"final_logit_softcapping", "final_logit_softcapping"}, 0);
}

// The largest models divide scores by what falls to a head, and GGUF files do not say so.
void scale_by_width(ModelConfig& config, int64_t layers_of_largest) {
  if (config.gguf && config.layers == layers_of_largest)
    config.attention_scale = 1 / std::sqrt(static_cast<double>(config.hidden) / static_cast<double>(config.heads));
}

void read_two_rotations(ModelFields& fields, ModelConfig& config) {
  if (config.gguf) {
    read_rope(fields, config);
    RopeSettings local;
    local.dimensions = config.ropes[0].dimensions;
    local.theta = fields.number({"", "rope.freq_base_swa"}, 10000);
    config.ropes.push_back(local);
    return;
  }
  const nlohmann::json both = rope_object(fields), older = fields.value({"rope_scaling"});
  double theta = fields.number({"rope_theta"}, 1000000), local_theta = fields.number({"rope_local_base_freq"}, 10000);
  bool apart = both.is_object() && both.contains("full_attention");
  // One object for all layers is the older form, in which local layers are not scaled.
  if (!apart && older.is_null() && both.is_object() && !both.empty())
    fields.fail(ErrorKind::unsupported, "the field rope_parameters does not say full_attention and sliding_attention apart");
  nlohmann::json global = apart ? both["full_attention"] : older, local;
  if (apart && both.contains("sliding_attention")) local = both["sliding_attention"];
  config.ropes = {rope_from_object(fields, global, config, theta, 1), rope_from_object(fields, local, config, local_theta, 1)};
}

}  // namespace

void describe_gemma2(ModelFields& fields, ModelConfig& config) {
  read_gemma(fields, config);
  read_rope(fields, config);
  int64_t window = fields.integer({"sliding_window", "attention.sliding_window"}, 4096);
  fields.only({"sliding_window_size"}, window);  // the larger models' files say it twice
  read_local_layers(fields, config, window, 2);
  scale_by_width(config, 46);
}

void describe_gemma3(ModelFields& fields, ModelConfig& config) {
  read_gemma(fields, config);
  read_two_rotations(fields, config);
  int64_t every = fields.integer({"sliding_window_pattern"}, fields.integer({"_sliding_window_pattern"}, 6));
  read_local_layers(fields, config, fields.integer({"sliding_window", "attention.sliding_window"}, 4096), every);
  for (LayerPlan& layer : config.plan) layer.rotation = layer.window > 0 ? 1 : 0;
  config.names.q_norm = config.gguf ? "attn_q_norm" : "self_attn.q_norm";
  config.names.k_norm = config.gguf ? "attn_k_norm" : "self_attn.k_norm";
  scale_by_width(config, 62);
}

}  // namespace loom
