// Phi-3 (arXiv 2404.14219) and Phi-4-mini: Llama's layers with q, k, v and gate, up in one matrix
// each; LongRoPE; Phi-4-mini turns a part of each head only.
#include "core/models/architectures.h"

namespace loom {

void describe_phi3(ModelFields& fields, ModelConfig& config) {
  read_sizes(fields, config);
  read_rms_norm(fields, config);
  read_rope(fields, config);
  read_tied_head(fields, config, false);
  fields.only({"hidden_act"}, "silu");
  fields.only({"attention_bias"}, false);
  int64_t window = fields.integer({"sliding_window", "attention.sliding_window"}, 0);
  for (LayerPlan& layer : config.plan) layer.window = window;
  config.names.qkv = config.gguf ? "attn_qkv" : "self_attn.qkv_proj";
  config.names.gate_up = config.gguf ? "ffn_up" : "mlp.gate_up_proj";
}

}  // namespace loom
