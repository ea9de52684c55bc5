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
  names.q_a = "self_attn.q_a_proj";
  names.q_a_norm = "self_attn.q_a_layernorm";
  names.q_b = "self_attn.q_b_proj";
  names.kv_a = "self_attn.kv_a_proj_with_mqa";
  names.kv_a_norm = "self_attn.kv_a_layernorm";
  names.kv_b = "self_attn.kv_b_proj";
  names.router = "mlp.gate";
  names.router_bias = "mlp.gate.e_score_correction_bias";
  names.shared_gate = "mlp.shared_experts.gate_proj";
  names.shared_up = "mlp.shared_experts.up_proj";
  names.shared_down = "mlp.shared_experts.down_proj";
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
  names.q_a = "attn_q_a";
  names.q_a_norm = "attn_q_a_norm";
  names.q_b = "attn_q_b";
  names.kv_a = "attn_kv_a_mqa";
  names.kv_a_norm = "attn_kv_a_norm";
  names.kv_b = "attn_kv_b";
  names.k_b = "attn_k_b";
  names.v_b = "attn_v_b";
  names.router = "ffn_gate_inp";
  names.router_bias = "exp_probs_b.bias";
  names.shared_gate = "ffn_gate_shexp";
  names.shared_up = "ffn_up_shexp";
  names.shared_down = "ffn_down_shexp";
  names.expert_gate = "ffn_gate_exps";
  names.expert_up = "ffn_up_exps";
  names.expert_down = "ffn_down_exps";
  return names;
}

}  // namespace loom
