// config.json as publishers wrote it, with the fields that their own code reads and ours need not.
#pragma once

#include "core/model_files/text_part.h"
#include "core/models/all_models.h"

namespace loom::published {

using nlohmann::json;

inline constexpr const char* kLlama3 = R"({"architectures":["LlamaForCausalLM"],"attention_bias":false,"attention_dropout":0.0,
  "bos_token_id":128000,"eos_token_id":[128001,128008,128009],"head_dim":128,"hidden_act":"silu","hidden_size":4096,
  "initializer_range":0.02,"intermediate_size":14336,"max_position_embeddings":131072,"mlp_bias":false,"model_type":"llama",
  "num_attention_heads":32,"num_hidden_layers":32,"num_key_value_heads":8,"pretraining_tp":1,"rms_norm_eps":1e-05,
  "rope_scaling":{"factor":8.0,"low_freq_factor":1.0,"high_freq_factor":4.0,"original_max_position_embeddings":8192,"rope_type":"llama3"},
  "rope_theta":500000.0,"tie_word_embeddings":false,"torch_dtype":"bfloat16","use_cache":true,"vocab_size":128256})";

inline constexpr const char* kQwen25 = R"({"architectures":["Qwen2ForCausalLM"],"attention_dropout":0.0,"bos_token_id":151643,"eos_token_id":151645,
  "dual_chunk_attention_config":{"chunk_size":262144,"local_size":8192,"original_max_position_embeddings":262144},
  "hidden_act":"silu","hidden_size":3584,"initializer_range":0.02,"intermediate_size":18944,"max_position_embeddings":1010000,
  "max_window_layers":28,"model_type":"qwen2","num_attention_heads":28,"num_hidden_layers":28,"num_key_value_heads":4,
  "rms_norm_eps":1e-05,"rope_theta":10000000.0,"sliding_window":1010000,"tie_word_embeddings":false,"torch_dtype":"bfloat16",
  "use_cache":true,"use_sliding_window":false,"vocab_size":152064})";

inline constexpr const char* kQwen3Moe = R"({"architectures":["Qwen3MoeForCausalLM"],"attention_bias":false,"attention_dropout":0.0,"bos_token_id":151643,
  "decoder_sparse_step":1,"eos_token_id":151645,"head_dim":128,"hidden_act":"silu","hidden_size":2048,"initializer_range":0.02,
  "intermediate_size":6144,"max_position_embeddings":40960,"max_window_layers":48,"mlp_only_layers":[],"model_type":"qwen3_moe",
  "moe_intermediate_size":768,"norm_topk_prob":true,"num_attention_heads":32,"num_experts":128,"num_experts_per_tok":8,
  "num_hidden_layers":48,"num_key_value_heads":4,"output_router_logits":false,"rms_norm_eps":1e-06,"rope_scaling":null,
  "rope_theta":1000000.0,"router_aux_loss_coef":0.001,"sliding_window":null,"tie_word_embeddings":false,"use_cache":true,
  "use_sliding_window":false,"vocab_size":151936})";

inline constexpr const char* kMistralNemo = R"({"architectures":["MistralForCausalLM"],"attention_dropout":0.0,"bos_token_id":1,"eos_token_id":2,
  "head_dim":128,"hidden_act":"silu","hidden_size":5120,"initializer_range":0.02,"intermediate_size":14336,
  "max_position_embeddings":131072,"model_type":"mistral","num_attention_heads":32,"num_hidden_layers":40,"num_key_value_heads":8,
  "rms_norm_eps":1e-05,"rope_theta":1000000.0,"sliding_window":null,"tie_word_embeddings":false,"use_cache":true,"vocab_size":131072})";

inline constexpr const char* kChatGlm = R"({"_name_or_path":"glm-4-9b-chat","model_type":"chatglm","architectures":["ChatGLMModel"],
  "auto_map":{"AutoConfig":"configuration_chatglm.ChatGLMConfig"},"add_bias_linear":false,"add_qkv_bias":true,
  "apply_query_key_layer_scaling":true,"apply_residual_connection_post_layernorm":false,"attention_dropout":0.0,
  "attention_softmax_in_fp32":true,"attn_implementation":"sdpa","bias_dropout_fusion":true,"classifier_dropout":null,
  "eos_token_id":[151329,151336,151338],"ffn_hidden_size":13696,"fp32_residual_connection":false,"hidden_dropout":0.0,
  "hidden_size":4096,"kv_channels":128,"layernorm_epsilon":1.5625e-07,"multi_query_attention":true,"multi_query_group_num":2,
  "num_attention_heads":32,"num_hidden_layers":40,"num_layers":40,"original_rope":true,"pad_token_id":151329,
  "padded_vocab_size":151552,"post_layer_norm":true,"rmsnorm":true,"rope_ratio":500,"seq_length":131072,"use_cache":true,
  "torch_dtype":"bfloat16","tie_word_embeddings":false})";

inline constexpr const char* kGlm4 = R"({"architectures":["Glm4ForCausalLM"],"attention_bias":false,"attention_dropout":0.0,
  "eos_token_id":[151329,151336,151338],"head_dim":128,"hidden_act":"silu","hidden_size":4096,"initializer_range":0.02,
  "intermediate_size":13696,"max_position_embeddings":32768,"model_type":"glm4","num_attention_heads":32,"num_hidden_layers":40,
  "num_key_value_heads":2,"pad_token_id":151329,"partial_rotary_factor":0.5,"rms_norm_eps":1e-05,"rope_theta":10000.0,
  "tie_word_embeddings":false,"use_cache":true,"vocab_size":151552})";

// Two dimensions instead of 48, so that the lists of divisors are short.
inline constexpr const char* kPhi3 = R"({"architectures":["Phi3ForCausalLM"],"attention_bias":false,"attention_dropout":0.0,
  "auto_map":{"AutoConfig":"configuration_phi3.Phi3Config"},"bos_token_id":1,"embd_pdrop":0.0,"eos_token_id":32000,
  "hidden_act":"silu","hidden_size":128,"initializer_range":0.02,"intermediate_size":8192,"max_position_embeddings":131072,
  "model_type":"phi3","num_attention_heads":32,"num_hidden_layers":32,"num_key_value_heads":32,"original_max_position_embeddings":4096,
  "pad_token_id":32000,"resid_pdrop":0.0,"rms_norm_eps":1e-05,"rope_scaling":{"long_factor":[1.1,64.5],"short_factor":[1.0,2.0],
  "type":"longrope"},"rope_theta":10000.0,"sliding_window":262144,"tie_word_embeddings":false,"use_cache":true,"vocab_size":32064})";

inline constexpr const char* kPhi4Mini = R"({"architectures":["Phi3ForCausalLM"],"attention_bias":false,"attention_dropout":0.0,
  "bos_token_id":199999,"embd_pdrop":0.0,"eos_token_id":199999,"full_attn_mod":1,"hidden_act":"silu","hidden_size":192,
  "initializer_range":0.02,"intermediate_size":8192,"interpolate_factor":1,"lm_head_bias":false,"max_position_embeddings":131072,
  "mlp_bias":false,"model_type":"phi3","num_attention_heads":24,"num_hidden_layers":32,"num_key_value_heads":8,
  "original_max_position_embeddings":4096,"pad_token_id":199999,"partial_rotary_factor":0.75,"resid_pdrop":0.0,
  "rms_norm_eps":1e-05,"rope_scaling":{"long_factor":[1,1.1,64.5],"short_factor":[1.0,1.0,1.0],"type":"longrope"},
  "rope_theta":10000.0,"sliding_window":262144,"tie_word_embeddings":true,"use_cache":true,"vocab_size":200064})";

inline constexpr const char* kCohere2 = R"({"architectures":["Cohere2ForCausalLM"],"attention_bias":false,"attention_dropout":0.0,"bos_token_id":5,
  "cache_implementation":"hybrid","eos_token_id":255001,"head_dim":128,"hidden_act":"silu","hidden_size":4096,
  "initializer_range":0.02,"intermediate_size":14336,"layer_norm_eps":1e-05,"layer_switch":4,"logit_scale":0.25,
  "max_position_embeddings":132096,"model_type":"cohere2","num_attention_heads":32,"num_hidden_layers":32,"num_key_value_heads":8,
  "order_of_interleaved_layers":"local_attn_first","pad_token_id":0,"position_embedding_type":"rope_gptj","rope_scaling":null,
  "rope_theta":50000,"rotary_pct":1.0,"sliding_window":4096,"sliding_window_pattern":4,"use_cache":true,
  "use_embedding_sharing":true,"use_gated_activation":true,"use_parallel_block":true,"use_parallel_embedding":true,"vocab_size":256000})";

inline constexpr const char* kNemotron = R"({"architectures":["NemotronForCausalLM"],"attention_bias":false,"attention_dropout":0.0,"bos_token_id":2,
  "eos_token_id":3,"head_dim":128,"hidden_act":"relu2","hidden_size":3072,"initializer_range":0.0134,"intermediate_size":9216,
  "kv_channels":128,"max_position_embeddings":4096,"mlp_bias":false,"model_type":"nemotron","norm_eps":1e-05,
  "num_attention_heads":24,"num_hidden_layers":32,"num_key_value_heads":8,"partial_rotary_factor":0.5,"rope_percent":0.5,
  "rope_theta":10000,"tie_word_embeddings":false,"use_cache":true,"vocab_size":256000})";

inline constexpr const char* kDeepSeekV2 = R"({"architectures":["DeepseekV2ForCausalLM"],"attention_bias":false,"attention_dropout":0.0,
  "auto_map":{"AutoConfig":"configuration_deepseek.DeepseekV2Config"},"aux_loss_alpha":0.001,"bos_token_id":100000,
  "eos_token_id":100001,"ep_size":1,"first_k_dense_replace":1,"hidden_act":"silu","hidden_size":2048,"initializer_range":0.02,
  "intermediate_size":10944,"kv_lora_rank":512,"max_position_embeddings":163840,"model_type":"deepseek_v2",
  "moe_intermediate_size":1408,"moe_layer_freq":1,"n_group":1,"n_routed_experts":64,"n_shared_experts":2,"norm_topk_prob":false,
  "num_attention_heads":16,"num_experts_per_tok":6,"num_hidden_layers":27,"num_key_value_heads":16,"pretraining_tp":1,
  "q_lora_rank":null,"qk_nope_head_dim":128,"qk_rope_head_dim":64,"rms_norm_eps":1e-06,"rope_scaling":{"beta_fast":32,
  "beta_slow":1,"factor":40,"mscale":0.707,"mscale_all_dim":0.707,"original_max_position_embeddings":4096,"type":"yarn"},
  "rope_theta":10000,"routed_scaling_factor":1.0,"scoring_func":"softmax","seq_aux":true,"tie_word_embeddings":false,
  "topk_group":1,"topk_method":"greedy","use_cache":true,"v_head_dim":128,"vocab_size":102400})";

inline constexpr const char* kDeepSeekV3 = R"({"architectures":["DeepseekV3ForCausalLM"],"attention_bias":false,"attention_dropout":0.0,
  "auto_map":{"AutoConfig":"configuration_deepseek.DeepseekV3Config"},"bos_token_id":0,"eos_token_id":1,"ep_size":1,
  "first_k_dense_replace":3,"hidden_act":"silu","hidden_size":7168,"initializer_range":0.02,"intermediate_size":18432,
  "kv_lora_rank":512,"max_position_embeddings":163840,"model_type":"deepseek_v3","moe_intermediate_size":2048,"moe_layer_freq":1,
  "n_group":8,"n_routed_experts":256,"n_shared_experts":1,"norm_topk_prob":true,"num_attention_heads":128,"num_experts_per_tok":8,
  "num_hidden_layers":61,"num_key_value_heads":128,"num_nextn_predict_layers":1,"q_lora_rank":1536,"qk_nope_head_dim":128,
  "qk_rope_head_dim":64,"rms_norm_eps":1e-06,"rope_scaling":{"beta_fast":32,"beta_slow":1,"factor":40,"mscale":1.0,
  "mscale_all_dim":1.0,"original_max_position_embeddings":4096,"type":"yarn"},"rope_theta":10000,"routed_scaling_factor":2.5,
  "scoring_func":"sigmoid","tie_word_embeddings":false,"topk_group":4,"topk_method":"noaux_tc","use_cache":true,
  "v_head_dim":128,"vocab_size":129280})";

inline constexpr const char* kGemma2 = R"({"architectures":["Gemma2ForCausalLM"],"attention_bias":false,"attention_dropout":0.0,
  "attn_logit_softcapping":50.0,"bos_token_id":2,"cache_implementation":"hybrid","eos_token_id":1,"final_logit_softcapping":30.0,
  "head_dim":256,"hidden_act":"gelu_pytorch_tanh","hidden_activation":"gelu_pytorch_tanh","hidden_size":3584,
  "initializer_range":0.02,"intermediate_size":14336,"max_position_embeddings":8192,"model_type":"gemma2","num_attention_heads":16,
  "num_hidden_layers":42,"num_key_value_heads":8,"pad_token_id":0,"query_pre_attn_scalar":256,"rms_norm_eps":1e-06,
  "rope_theta":10000.0,"sliding_window":4096,"sliding_window_size":4096,"use_cache":true,"vocab_size":256000})";

inline constexpr const char* kGemma3 = R"({"architectures":["Gemma3ForCausalLM"],"attention_bias":false,"attention_dropout":0.0,
  "attn_logit_softcapping":null,"bos_token_id":2,"cache_implementation":"hybrid","eos_token_id":[1,106],
  "final_logit_softcapping":null,"head_dim":256,"hidden_activation":"gelu_pytorch_tanh","hidden_size":1152,
  "initializer_range":0.02,"intermediate_size":6912,"max_position_embeddings":32768,"model_type":"gemma3_text",
  "num_attention_heads":4,"num_hidden_layers":26,"num_key_value_heads":1,"pad_token_id":0,"query_pre_attn_scalar":256,
  "rms_norm_eps":1e-06,"rope_local_base_freq":10000,"rope_scaling":null,"rope_theta":1000000,"sliding_window":512,
  "sliding_window_pattern":6,"use_cache":true,"vocab_size":262144})";

// One of several parts, with what the reference fills in left out.
inline constexpr const char* kGemma3Parts = R"({"architectures":["Gemma3ForConditionalGeneration"],"boi_token_index":255999,
  "eoi_token_index":256000,"eos_token_id":[1,106],"image_token_index":262144,"initializer_range":0.02,"mm_tokens_per_image":256,
  "model_type":"gemma3","text_config":{"hidden_size":2560,"intermediate_size":10240,"model_type":"gemma3_text",
  "num_hidden_layers":34,"rope_scaling":{"factor":8.0,"rope_type":"linear"},"sliding_window":1024},"torch_dtype":"bfloat16",
  "transformers_version":"4.50.0","vision_config":{"hidden_size":1152,"image_size":896,"intermediate_size":4304,
  "model_type":"siglip_vision_model","num_attention_heads":16,"num_hidden_layers":27,"patch_size":14,"vision_use_head":false}})";

inline constexpr const char* kMamba = R"({"architectures":["MambaForCausalLM"],"bos_token_id":0,"conv_kernel":4,"d_inner":1536,"d_model":768,
  "eos_token_id":0,"expand":2,"fused_add_norm":true,"hidden_act":"silu","hidden_size":768,"initializer_range":0.1,
  "intermediate_size":1536,"layer_norm_epsilon":1e-05,"model_type":"mamba","n_layer":24,"num_hidden_layers":24,"pad_token_id":0,
  "pad_vocab_size_multiple":8,"rescale_prenorm_residual":false,"residual_in_fp32":true,"rms_norm":true,"ssm_cfg":{},
  "state_size":16,"time_step_floor":0.0001,"time_step_init_scheme":"random","time_step_max":0.1,"time_step_min":0.001,
  "time_step_rank":48,"time_step_scale":1.0,"use_bias":false,"use_cache":true,"use_conv_bias":true,"vocab_size":50280})";

inline constexpr const char* kRwkv5 = R"({"architectures":["RwkvForCausalLM"],"auto_map":{"AutoConfig":"configuration_rwkv5.Rwkv5Config"},
  "attention_hidden_size":2048,"bos_token_id":0,"eos_token_id":0,"head_size":64,"head_size_divisor":8,"hidden_size":2048,
  "intermediate_size":null,"layer_norm_epsilon":1e-05,"model_type":"rwkv5","model_version":"5_2","num_attention_heads":64,
  "num_hidden_layers":24,"rescale_every":6,"tie_word_embeddings":false,"use_cache":true,"vocab_size":65536})";

inline constexpr const char* kGla = R"({"architectures":["GLAForCausalLM"],"attn":null,"attn_mode":"chunk","bos_token_id":1,"clamp_min":null,
  "conv_size":4,"elementwise_affine":true,"eos_token_id":2,"expand_k":0.5,"expand_v":1,"feature_map":null,
  "fuse_cross_entropy":true,"fuse_norm":true,"hidden_act":"swish","hidden_ratio":4,"hidden_size":2048,"initializer_range":0.02,
  "intermediate_size":null,"max_position_embeddings":2048,"model_type":"gla","norm_eps":1e-06,"num_heads":4,
  "num_hidden_layers":24,"num_kv_heads":null,"share_conv_kernel":true,"tie_word_embeddings":false,"use_cache":true,"use_gk":true,
  "use_gv":false,"use_output_gate":true,"use_short_conv":false,"vocab_size":32000})";

inline constexpr const char* kNemotronNano = R"({"architectures":["LlamaForCausalLM"],"attention_bias":false,"attention_dropout":0.0,
  "bos_token_id":128000,"eos_token_id":[128001,128008,128009],"head_dim":128,"hidden_act":"silu","hidden_size":3072,
  "initializer_range":0.02,"intermediate_size":9216,"max_position_embeddings":131072,"mlp_bias":false,"model_type":"llama",
  "num_attention_heads":32,"num_hidden_layers":32,"num_key_value_heads":8,"pretraining_tp":1,"rms_norm_eps":1e-05,
  "rope_scaling":{"factor":8.0,"high_freq_factor":4.0,"low_freq_factor":1.0,"original_max_position_embeddings":8192,"rope_type":"llama3"},
  "rope_theta":500000.0,"tie_word_embeddings":false,"torch_dtype":"bfloat16","transformers_version":"4.47.1","use_cache":true,
  "vocab_size":128256})";

inline constexpr const char* kLlama2 = R"({"_name_or_path":"Llama-2-7b-hf","architectures":["LlamaForCausalLM"],"bos_token_id":1,
  "eos_token_id":2,"hidden_act":"silu","hidden_size":4096,"initializer_range":0.02,"intermediate_size":11008,
  "max_position_embeddings":4096,"model_type":"llama","num_attention_heads":32,"num_hidden_layers":32,"num_key_value_heads":32,
  "pretraining_tp":1,"rms_norm_eps":1e-05,"rope_scaling":null,"tie_word_embeddings":false,"torch_dtype":"float16",
  "use_cache":true,"vocab_size":32000})";

inline constexpr const char* kQwen3Yarn = R"({"architectures":["Qwen3ForCausalLM"],"attention_bias":false,"attention_dropout":0.0,"bos_token_id":151643,
  "dtype":"bfloat16","eos_token_id":151645,"head_dim":128,"hidden_act":"silu","hidden_size":2560,"initializer_range":0.02,
  "intermediate_size":9728,"layer_types":["full_attention","full_attention"],"max_position_embeddings":40960,"max_window_layers":36,
  "model_type":"qwen3","num_attention_heads":32,"num_hidden_layers":2,"num_key_value_heads":8,"rms_norm_eps":1e-06,
  "rope_parameters":{"factor":4.0,"original_max_position_embeddings":32768,"rope_theta":1000000,"rope_type":"yarn"},
  "sliding_window":null,"tie_word_embeddings":true,"use_cache":true,"use_sliding_window":false,"vocab_size":151936})";

inline constexpr const char* kYarnMistral = R"({"architectures":["MistralForCausalLM"],"auto_map":{"AutoConfig":"configuration_mistral.MistralConfig"},
  "bos_token_id":1,"eos_token_id":2,"hidden_act":"silu","hidden_size":4096,"initializer_range":0.02,"intermediate_size":14336,
  "max_position_embeddings":32768,"max_sequence_length":131072,"model_type":"mistral","num_attention_heads":32,"num_hidden_layers":32,
  "num_key_value_heads":8,"rms_norm_eps":1e-05,"rope_scaling":{"factor":16.0,"finetuned":true,"original_max_position_embeddings":8192,
  "type":"yarn"},"rope_theta":10000.0,"sliding_window":4096,"tie_word_embeddings":false,"torch_dtype":"bfloat16","use_cache":true,
  "vocab_size":32000})";

inline constexpr const char* kXlmRoberta = R"({"architectures":["XLMRobertaForMaskedLM"],"attention_probs_dropout_prob":0.1,"bos_token_id":0,
  "eos_token_id":2,"hidden_act":"gelu","hidden_dropout_prob":0.1,"hidden_size":768,"initializer_range":0.02,"intermediate_size":3072,
  "layer_norm_eps":1e-05,"max_position_embeddings":514,"model_type":"xlm-roberta","num_attention_heads":12,"num_hidden_layers":12,
  "output_past":true,"pad_token_id":1,"position_embedding_type":"absolute","type_vocab_size":1,"use_cache":true,"vocab_size":250002})";

struct Read {
  ModelConfig config;
  Status status;
};

inline Read read_config(const json& object) {
  ModelFields fields(object, "config.json");
  Read read;
  read.config.architecture = object["model_type"].get<std::string>();
  read.config.names = hugging_face_names();
  find_architecture(read.config.architecture)->describe(fields, read.config);
  read.status = fields.finish();
  return read;
}

}  // namespace loom::published
