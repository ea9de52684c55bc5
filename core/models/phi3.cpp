// Phi-3 (arXiv 2404.14219) and Phi-4-mini: Llama's layers with q, k, v and gate, up in one matrix
// each; LongRoPE; Phi-4-mini turns a part of each head only.
#include "core/models/architectures.h"

namespace loom {

void describe_phi3(ModelFields& fields, ModelConfig& config) {
  read_sizes(fields, config);
  read_rms_norm(fields, config);
  read_rope(fields, config);
  config.restarts_where_rope_changes = true;
  read_tied_head(fields, config, false);
  fields.only({"hidden_act"}, "silu");
  for (const char* name : {"attention_bias", "lm_head_bias", "mlp_bias"}) fields.only({name}, false);
  // Phi-4-mini's way to say that every layer sees everything and that positions are not stretched.
  for (const char* name : {"full_attn_mod", "interpolate_factor"}) fields.only({name}, 1);
  int64_t window = fields.integer({"sliding_window", "attention.sliding_window"}, 0);
  for (LayerPlan& layer : config.plan) layer.window = window;
  config.names.qkv = config.gguf ? "attn_qkv" : "self_attn.qkv_proj";
  config.names.gate_up = config.gguf ? "ffn_up" : "mlp.gate_up_proj";
}

}  // namespace loom
