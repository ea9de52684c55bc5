// GLM-4 (arXiv 2406.12793): biases on queries, keys and values, gate and up in one matrix, half of
// each head turns, in interleaved pairs. The 0414 models (glm4) norm behind each block as well.
// ChatGLM's own files (glm-4-9b-chat, ChatGLM3) hold the same arithmetic under other names.
#include <cmath>

#include "core/models/architectures.h"

namespace loom {

void describe_glm(ModelFields& fields, ModelConfig& config) {
  read_sizes(fields, config);
  read_rms_norm(fields, config);
  read_rope(fields, config, 0.5);
  read_tied_head(fields, config, false);
  fields.only({"hidden_act"}, "silu");
  config.attention_bias = fields.boolean({"attention_bias", "attention_bias"}, true);
  config.interleaved_rope = true;
  config.names.gate_up = config.gguf ? "ffn_up" : "mlp.gate_up_proj";
}

namespace {

WeightNames chatglm_names() {
  WeightNames names = hugging_face_names();
  names.layer = "transformer.encoder.layers.";
  names.embedding = "transformer.embedding.word_embeddings";
  names.final_norm = "transformer.encoder.final_layernorm";
  names.head = "transformer.output_layer";
  names.qkv = "self_attention.query_key_value";
  names.o = "self_attention.dense";
  names.gate_up = "mlp.dense_h_to_4h";
  names.down = "mlp.dense_4h_to_h";
  return names;
}

void read_chatglm_sizes(ModelFields& fields, ModelConfig& config) {
  config.layers = fields.integer({"num_layers"});
  fields.only({"num_hidden_layers"}, config.layers);
  config.hidden = fields.integer({"hidden_size"});
  config.heads = fields.integer({"num_attention_heads"});
  config.head_dim = fields.integer({"kv_channels"});
  config.feed_forward = fields.integer({"ffn_hidden_size"});
  config.vocabulary = fields.integer({"padded_vocab_size"});
  fields.ignore({"vocab_size"});  // the tokenizer's, without the padding
  config.window_tokens = fields.integer({"seq_length"});
  const bool shared = fields.boolean({"multi_query_attention"}, false);
  config.kv_heads = shared ? fields.integer({"multi_query_group_num"}) : config.heads;
  fields.ignore({"multi_query_group_num"});
  config.attention_scale = 1 / std::sqrt(static_cast<double>(config.head_dim));
  check_sizes(fields, config);
  if (config.layers > 0 && config.layers <= 1 << 16)
    config.plan.resize(static_cast<size_t>(config.layers));
}

}  // namespace

void describe_chatglm(ModelFields& fields, ModelConfig& config) {
  // GGUF files of ChatGLM and of GLM-4 as transformers stores it are one kind.
  if (config.gguf) return describe_glm(fields, config);
  read_chatglm_sizes(fields, config);
  config.norm_epsilon = fields.number({"layernorm_epsilon"}, 1e-5);
  for (const char* name : {"rmsnorm", "post_layer_norm", "original_rope"})
    fields.only({name}, true);
  for (const char* name :
       {"add_bias_linear", "apply_residual_connection_post_layernorm", "tie_word_embeddings"})
    fields.only({name}, false);
  // Scaled down and up again, or how the reference computes the same numbers.
  for (const char* name : {"apply_query_key_layer_scaling", "attention_softmax_in_fp32",
                           "attn_implementation", "bias_dropout_fusion", "fp32_residual_connection",
                           "pre_seq_len", "prefix_projection", "quantization_bit"})
    fields.ignore({name});
  config.attention_bias = fields.boolean({"add_qkv_bias"}, false);
  RopeSettings rope;
  rope.dimensions = config.head_dim / 4 * 2;
  rope.theta = 10000 * fields.number({"rope_ratio"}, 1);
  config.ropes = {rope};
  config.interleaved_rope = true;
  config.names = chatglm_names();
}

void describe_glm4(ModelFields& fields, ModelConfig& config) {
  describe_glm(fields, config);
  config.names.attention_post_norm =
      config.gguf ? "post_attention_norm" : "post_self_attn_layernorm";
  config.names.feed_forward_post_norm = config.gguf ? "post_ffw_norm" : "post_mlp_layernorm";
}

}  // namespace loom
