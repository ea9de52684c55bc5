#include "core/models/weight_names.h"

namespace loom {

WeightNames hugging_face_names() {
  WeightNames names;
  names.layer = "model.layers.";
  names.embedding = "model.embed_tokens";
  names.final_norm = "model.norm";
  names.head = "lm_head";
  names.attention_norm = "input_layernorm";
  names.feed_forward_norm = "post_attention_layernorm";
  names.q = "self_attn.q_proj";
  names.k = "self_attn.k_proj";
  names.v = "self_attn.v_proj";
  names.o = "self_attn.o_proj";
  names.gate = "mlp.gate_proj";
  names.up = "mlp.up_proj";
  names.down = "mlp.down_proj";
  names.router = "mlp.gate";
  names.expert_gate = "mlp.experts.#.gate_proj";
  names.expert_up = "mlp.experts.#.up_proj";
  names.expert_down = "mlp.experts.#.down_proj";
  return names;
}

WeightNames gguf_names() {
  WeightNames names;
  names.layer = "blk.";
  names.embedding = "token_embd";
  names.final_norm = "output_norm";
  names.head = "output";
  names.attention_norm = "attn_norm";
  names.feed_forward_norm = "ffn_norm";
  names.q = "attn_q";
  names.k = "attn_k";
  names.v = "attn_v";
  names.o = "attn_output";
  names.gate = "ffn_gate";
  names.up = "ffn_up";
  names.down = "ffn_down";
  names.router = "ffn_gate_inp";
  names.expert_gate = "ffn_gate_exps";
  names.expert_up = "ffn_up_exps";
  names.expert_down = "ffn_down_exps";
  return names;
}

}  // namespace loom
