// What a decoder's tensors are called, without ".weight" and ".bias". A part whose name is empty
// does not exist in that architecture.
#pragma once

#include <string>

namespace loom {

struct WeightNames {
  std::string layer;  // before a layer's number
  std::string embedding, final_norm, head;
  std::string attention_norm, attention_post_norm, feed_forward_norm, feed_forward_post_norm;
  std::string q, k, v, o, q_norm, k_norm;
  std::string qkv;  // q, k and v in one matrix, instead of the three
  std::string gate, up, down;
  std::string gate_up;  // both in one matrix, instead of the two
  std::string q_a, q_a_norm, q_b, kv_a, kv_a_norm;
  std::string kv_b;      // a head's key rows, then its value rows; or the two apart:
  std::string k_b, v_b;  // [heads, rank, key] and [heads, value, rank]
  std::string router, router_bias;
  std::string shared_gate, shared_up, shared_down;
  // A part of every expert in one tensor, or "#" where an expert's number stands.
  std::string expert_gate, expert_up, expert_down;
};

WeightNames hugging_face_names();
WeightNames gguf_names();

}  // namespace loom
