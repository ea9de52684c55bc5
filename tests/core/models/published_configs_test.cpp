// config.json as publishers wrote it, with the fields that their own code reads and ours need not:
// all of these open. A value that would change the arithmetic is still refused by the field's name.
#include <QTest>

#include "core/base/text_file.h"
#include "core/model_files/text_part.h"
#include "core/models/all_models.h"
#include "tests/support/test_folders.h"

using namespace loom;
using nlohmann::json;

namespace {

constexpr const char* kLlama3 = R"({"architectures":["LlamaForCausalLM"],"attention_bias":false,"attention_dropout":0.0,
  "bos_token_id":128000,"eos_token_id":[128001,128008,128009],"head_dim":128,"hidden_act":"silu","hidden_size":4096,
  "initializer_range":0.02,"intermediate_size":14336,"max_position_embeddings":131072,"mlp_bias":false,"model_type":"llama",
  "num_attention_heads":32,"num_hidden_layers":32,"num_key_value_heads":8,"pretraining_tp":1,"rms_norm_eps":1e-05,
  "rope_scaling":{"factor":8.0,"low_freq_factor":1.0,"high_freq_factor":4.0,"original_max_position_embeddings":8192,"rope_type":"llama3"},
  "rope_theta":500000.0,"tie_word_embeddings":false,"torch_dtype":"bfloat16","use_cache":true,"vocab_size":128256})";

constexpr const char* kQwen25 = R"({"architectures":["Qwen2ForCausalLM"],"attention_dropout":0.0,"bos_token_id":151643,"eos_token_id":151645,
  "dual_chunk_attention_config":{"chunk_size":262144,"local_size":8192,"original_max_position_embeddings":262144},
  "hidden_act":"silu","hidden_size":3584,"initializer_range":0.02,"intermediate_size":18944,"max_position_embeddings":1010000,
  "max_window_layers":28,"model_type":"qwen2","num_attention_heads":28,"num_hidden_layers":28,"num_key_value_heads":4,
  "rms_norm_eps":1e-05,"rope_theta":10000000.0,"sliding_window":1010000,"tie_word_embeddings":false,"torch_dtype":"bfloat16",
  "use_cache":true,"use_sliding_window":false,"vocab_size":152064})";

constexpr const char* kQwen3Moe = R"({"architectures":["Qwen3MoeForCausalLM"],"attention_bias":false,"attention_dropout":0.0,"bos_token_id":151643,
  "decoder_sparse_step":1,"eos_token_id":151645,"head_dim":128,"hidden_act":"silu","hidden_size":2048,"initializer_range":0.02,
  "intermediate_size":6144,"max_position_embeddings":40960,"max_window_layers":48,"mlp_only_layers":[],"model_type":"qwen3_moe",
  "moe_intermediate_size":768,"norm_topk_prob":true,"num_attention_heads":32,"num_experts":128,"num_experts_per_tok":8,
  "num_hidden_layers":48,"num_key_value_heads":4,"output_router_logits":false,"rms_norm_eps":1e-06,"rope_scaling":null,
  "rope_theta":1000000.0,"router_aux_loss_coef":0.001,"sliding_window":null,"tie_word_embeddings":false,"use_cache":true,
  "use_sliding_window":false,"vocab_size":151936})";

constexpr const char* kMistralNemo = R"({"architectures":["MistralForCausalLM"],"attention_dropout":0.0,"bos_token_id":1,"eos_token_id":2,
  "head_dim":128,"hidden_act":"silu","hidden_size":5120,"initializer_range":0.02,"intermediate_size":14336,
  "max_position_embeddings":131072,"model_type":"mistral","num_attention_heads":32,"num_hidden_layers":40,"num_key_value_heads":8,
  "rms_norm_eps":1e-05,"rope_theta":1000000.0,"sliding_window":null,"tie_word_embeddings":false,"use_cache":true,"vocab_size":131072})";

constexpr const char* kChatGlm = R"({"_name_or_path":"glm-4-9b-chat","model_type":"chatglm","architectures":["ChatGLMModel"],
  "auto_map":{"AutoConfig":"configuration_chatglm.ChatGLMConfig"},"add_bias_linear":false,"add_qkv_bias":true,
  "apply_query_key_layer_scaling":true,"apply_residual_connection_post_layernorm":false,"attention_dropout":0.0,
  "attention_softmax_in_fp32":true,"attn_implementation":"sdpa","bias_dropout_fusion":true,"classifier_dropout":null,
  "eos_token_id":[151329,151336,151338],"ffn_hidden_size":13696,"fp32_residual_connection":false,"hidden_dropout":0.0,
  "hidden_size":4096,"kv_channels":128,"layernorm_epsilon":1.5625e-07,"multi_query_attention":true,"multi_query_group_num":2,
  "num_attention_heads":32,"num_hidden_layers":40,"num_layers":40,"original_rope":true,"pad_token_id":151329,
  "padded_vocab_size":151552,"post_layer_norm":true,"rmsnorm":true,"rope_ratio":500,"seq_length":131072,"use_cache":true,
  "torch_dtype":"bfloat16","tie_word_embeddings":false})";

constexpr const char* kGlm4 = R"({"architectures":["Glm4ForCausalLM"],"attention_bias":false,"attention_dropout":0.0,
  "eos_token_id":[151329,151336,151338],"head_dim":128,"hidden_act":"silu","hidden_size":4096,"initializer_range":0.02,
  "intermediate_size":13696,"max_position_embeddings":32768,"model_type":"glm4","num_attention_heads":32,"num_hidden_layers":40,
  "num_key_value_heads":2,"pad_token_id":151329,"partial_rotary_factor":0.5,"rms_norm_eps":1e-05,"rope_theta":10000.0,
  "tie_word_embeddings":false,"use_cache":true,"vocab_size":151552})";

// Two dimensions instead of 48, so that the lists of divisors are short.
constexpr const char* kPhi3 = R"({"architectures":["Phi3ForCausalLM"],"attention_bias":false,"attention_dropout":0.0,
  "auto_map":{"AutoConfig":"configuration_phi3.Phi3Config"},"bos_token_id":1,"embd_pdrop":0.0,"eos_token_id":32000,
  "hidden_act":"silu","hidden_size":128,"initializer_range":0.02,"intermediate_size":8192,"max_position_embeddings":131072,
  "model_type":"phi3","num_attention_heads":32,"num_hidden_layers":32,"num_key_value_heads":32,"original_max_position_embeddings":4096,
  "pad_token_id":32000,"resid_pdrop":0.0,"rms_norm_eps":1e-05,"rope_scaling":{"long_factor":[1.1,64.5],"short_factor":[1.0,2.0],
  "type":"longrope"},"rope_theta":10000.0,"sliding_window":262144,"tie_word_embeddings":false,"use_cache":true,"vocab_size":32064})";

constexpr const char* kPhi4Mini = R"({"architectures":["Phi3ForCausalLM"],"attention_bias":false,"attention_dropout":0.0,
  "bos_token_id":199999,"embd_pdrop":0.0,"eos_token_id":199999,"full_attn_mod":1,"hidden_act":"silu","hidden_size":192,
  "initializer_range":0.02,"intermediate_size":8192,"interpolate_factor":1,"lm_head_bias":false,"max_position_embeddings":131072,
  "mlp_bias":false,"model_type":"phi3","num_attention_heads":24,"num_hidden_layers":32,"num_key_value_heads":8,
  "original_max_position_embeddings":4096,"pad_token_id":199999,"partial_rotary_factor":0.75,"resid_pdrop":0.0,
  "rms_norm_eps":1e-05,"rope_scaling":{"long_factor":[1,1.1,64.5],"short_factor":[1.0,1.0,1.0],"type":"longrope"},
  "rope_theta":10000.0,"sliding_window":262144,"tie_word_embeddings":true,"use_cache":true,"vocab_size":200064})";

constexpr const char* kCohere2 = R"({"architectures":["Cohere2ForCausalLM"],"attention_bias":false,"attention_dropout":0.0,"bos_token_id":5,
  "cache_implementation":"hybrid","eos_token_id":255001,"head_dim":128,"hidden_act":"silu","hidden_size":4096,
  "initializer_range":0.02,"intermediate_size":14336,"layer_norm_eps":1e-05,"layer_switch":4,"logit_scale":0.25,
  "max_position_embeddings":132096,"model_type":"cohere2","num_attention_heads":32,"num_hidden_layers":32,"num_key_value_heads":8,
  "order_of_interleaved_layers":"local_attn_first","pad_token_id":0,"position_embedding_type":"rope_gptj","rope_scaling":null,
  "rope_theta":50000,"rotary_pct":1.0,"sliding_window":4096,"sliding_window_pattern":4,"use_cache":true,
  "use_embedding_sharing":true,"use_gated_activation":true,"use_parallel_block":true,"use_parallel_embedding":true,"vocab_size":256000})";

constexpr const char* kNemotron = R"({"architectures":["NemotronForCausalLM"],"attention_bias":false,"attention_dropout":0.0,"bos_token_id":2,
  "eos_token_id":3,"head_dim":128,"hidden_act":"relu2","hidden_size":3072,"initializer_range":0.0134,"intermediate_size":9216,
  "kv_channels":128,"max_position_embeddings":4096,"mlp_bias":false,"model_type":"nemotron","norm_eps":1e-05,
  "num_attention_heads":24,"num_hidden_layers":32,"num_key_value_heads":8,"partial_rotary_factor":0.5,"rope_percent":0.5,
  "rope_theta":10000,"tie_word_embeddings":false,"use_cache":true,"vocab_size":256000})";

constexpr const char* kDeepSeekV2 = R"({"architectures":["DeepseekV2ForCausalLM"],"attention_bias":false,"attention_dropout":0.0,
  "auto_map":{"AutoConfig":"configuration_deepseek.DeepseekV2Config"},"aux_loss_alpha":0.001,"bos_token_id":100000,
  "eos_token_id":100001,"ep_size":1,"first_k_dense_replace":1,"hidden_act":"silu","hidden_size":2048,"initializer_range":0.02,
  "intermediate_size":10944,"kv_lora_rank":512,"max_position_embeddings":163840,"model_type":"deepseek_v2",
  "moe_intermediate_size":1408,"moe_layer_freq":1,"n_group":1,"n_routed_experts":64,"n_shared_experts":2,"norm_topk_prob":false,
  "num_attention_heads":16,"num_experts_per_tok":6,"num_hidden_layers":27,"num_key_value_heads":16,"pretraining_tp":1,
  "q_lora_rank":null,"qk_nope_head_dim":128,"qk_rope_head_dim":64,"rms_norm_eps":1e-06,"rope_scaling":{"beta_fast":32,
  "beta_slow":1,"factor":40,"mscale":0.707,"mscale_all_dim":0.707,"original_max_position_embeddings":4096,"type":"yarn"},
  "rope_theta":10000,"routed_scaling_factor":1.0,"scoring_func":"softmax","seq_aux":true,"tie_word_embeddings":false,
  "topk_group":1,"topk_method":"greedy","use_cache":true,"v_head_dim":128,"vocab_size":102400})";

constexpr const char* kDeepSeekV3 = R"({"architectures":["DeepseekV3ForCausalLM"],"attention_bias":false,"attention_dropout":0.0,
  "auto_map":{"AutoConfig":"configuration_deepseek.DeepseekV3Config"},"bos_token_id":0,"eos_token_id":1,"ep_size":1,
  "first_k_dense_replace":3,"hidden_act":"silu","hidden_size":7168,"initializer_range":0.02,"intermediate_size":18432,
  "kv_lora_rank":512,"max_position_embeddings":163840,"model_type":"deepseek_v3","moe_intermediate_size":2048,"moe_layer_freq":1,
  "n_group":8,"n_routed_experts":256,"n_shared_experts":1,"norm_topk_prob":true,"num_attention_heads":128,"num_experts_per_tok":8,
  "num_hidden_layers":61,"num_key_value_heads":128,"num_nextn_predict_layers":1,"q_lora_rank":1536,"qk_nope_head_dim":128,
  "qk_rope_head_dim":64,"rms_norm_eps":1e-06,"rope_scaling":{"beta_fast":32,"beta_slow":1,"factor":40,"mscale":1.0,
  "mscale_all_dim":1.0,"original_max_position_embeddings":4096,"type":"yarn"},"rope_theta":10000,"routed_scaling_factor":2.5,
  "scoring_func":"sigmoid","tie_word_embeddings":false,"topk_group":4,"topk_method":"noaux_tc","use_cache":true,
  "v_head_dim":128,"vocab_size":129280})";

constexpr const char* kGemma2 = R"({"architectures":["Gemma2ForCausalLM"],"attention_bias":false,"attention_dropout":0.0,
  "attn_logit_softcapping":50.0,"bos_token_id":2,"cache_implementation":"hybrid","eos_token_id":1,"final_logit_softcapping":30.0,
  "head_dim":256,"hidden_act":"gelu_pytorch_tanh","hidden_activation":"gelu_pytorch_tanh","hidden_size":3584,
  "initializer_range":0.02,"intermediate_size":14336,"max_position_embeddings":8192,"model_type":"gemma2","num_attention_heads":16,
  "num_hidden_layers":42,"num_key_value_heads":8,"pad_token_id":0,"query_pre_attn_scalar":256,"rms_norm_eps":1e-06,
  "rope_theta":10000.0,"sliding_window":4096,"sliding_window_size":4096,"use_cache":true,"vocab_size":256000})";

constexpr const char* kGemma3 = R"({"architectures":["Gemma3ForCausalLM"],"attention_bias":false,"attention_dropout":0.0,
  "attn_logit_softcapping":null,"bos_token_id":2,"cache_implementation":"hybrid","eos_token_id":[1,106],
  "final_logit_softcapping":null,"head_dim":256,"hidden_activation":"gelu_pytorch_tanh","hidden_size":1152,
  "initializer_range":0.02,"intermediate_size":6912,"max_position_embeddings":32768,"model_type":"gemma3_text",
  "num_attention_heads":4,"num_hidden_layers":26,"num_key_value_heads":1,"pad_token_id":0,"query_pre_attn_scalar":256,
  "rms_norm_eps":1e-06,"rope_local_base_freq":10000,"rope_scaling":null,"rope_theta":1000000,"sliding_window":512,
  "sliding_window_pattern":6,"use_cache":true,"vocab_size":262144})";

// One of several parts, with what the reference fills in left out.
constexpr const char* kGemma3Parts = R"({"architectures":["Gemma3ForConditionalGeneration"],"boi_token_index":255999,
  "eoi_token_index":256000,"eos_token_id":[1,106],"image_token_index":262144,"initializer_range":0.02,"mm_tokens_per_image":256,
  "model_type":"gemma3","text_config":{"hidden_size":2560,"intermediate_size":10240,"model_type":"gemma3_text",
  "num_hidden_layers":34,"rope_scaling":{"factor":8.0,"rope_type":"linear"},"sliding_window":1024},"torch_dtype":"bfloat16",
  "transformers_version":"4.50.0","vision_config":{"hidden_size":1152,"image_size":896,"intermediate_size":4304,
  "model_type":"siglip_vision_model","num_attention_heads":16,"num_hidden_layers":27,"patch_size":14,"vision_use_head":false}})";

constexpr const char* kMamba = R"({"architectures":["MambaForCausalLM"],"bos_token_id":0,"conv_kernel":4,"d_inner":1536,"d_model":768,
  "eos_token_id":0,"expand":2,"fused_add_norm":true,"hidden_act":"silu","hidden_size":768,"initializer_range":0.1,
  "intermediate_size":1536,"layer_norm_epsilon":1e-05,"model_type":"mamba","n_layer":24,"num_hidden_layers":24,"pad_token_id":0,
  "pad_vocab_size_multiple":8,"rescale_prenorm_residual":false,"residual_in_fp32":true,"rms_norm":true,"ssm_cfg":{},
  "state_size":16,"time_step_floor":0.0001,"time_step_init_scheme":"random","time_step_max":0.1,"time_step_min":0.001,
  "time_step_rank":48,"time_step_scale":1.0,"use_bias":false,"use_cache":true,"use_conv_bias":true,"vocab_size":50280})";

constexpr const char* kRwkv5 = R"({"architectures":["RwkvForCausalLM"],"auto_map":{"AutoConfig":"configuration_rwkv5.Rwkv5Config"},
  "attention_hidden_size":2048,"bos_token_id":0,"eos_token_id":0,"head_size":64,"head_size_divisor":8,"hidden_size":2048,
  "intermediate_size":null,"layer_norm_epsilon":1e-05,"model_type":"rwkv5","model_version":"5_2","num_attention_heads":64,
  "num_hidden_layers":24,"rescale_every":6,"tie_word_embeddings":false,"use_cache":true,"vocab_size":65536})";

constexpr const char* kGla = R"({"architectures":["GLAForCausalLM"],"attn":null,"attn_mode":"chunk","bos_token_id":1,"clamp_min":null,
  "conv_size":4,"elementwise_affine":true,"eos_token_id":2,"expand_k":0.5,"expand_v":1,"feature_map":null,
  "fuse_cross_entropy":true,"fuse_norm":true,"hidden_act":"swish","hidden_ratio":4,"hidden_size":2048,"initializer_range":0.02,
  "intermediate_size":null,"max_position_embeddings":2048,"model_type":"gla","norm_eps":1e-06,"num_heads":4,
  "num_hidden_layers":24,"num_kv_heads":null,"share_conv_kernel":true,"tie_word_embeddings":false,"use_cache":true,"use_gk":true,
  "use_gv":false,"use_output_gate":true,"use_short_conv":false,"vocab_size":32000})";

constexpr const char* kNemotronNano = R"({"architectures":["LlamaForCausalLM"],"attention_bias":false,"attention_dropout":0.0,
  "bos_token_id":128000,"eos_token_id":[128001,128008,128009],"head_dim":128,"hidden_act":"silu","hidden_size":3072,
  "initializer_range":0.02,"intermediate_size":9216,"max_position_embeddings":131072,"mlp_bias":false,"model_type":"llama",
  "num_attention_heads":32,"num_hidden_layers":32,"num_key_value_heads":8,"pretraining_tp":1,"rms_norm_eps":1e-05,
  "rope_scaling":{"factor":8.0,"high_freq_factor":4.0,"low_freq_factor":1.0,"original_max_position_embeddings":8192,"rope_type":"llama3"},
  "rope_theta":500000.0,"tie_word_embeddings":false,"torch_dtype":"bfloat16","transformers_version":"4.47.1","use_cache":true,
  "vocab_size":128256})";

constexpr const char* kLlama2 = R"({"_name_or_path":"Llama-2-7b-hf","architectures":["LlamaForCausalLM"],"bos_token_id":1,
  "eos_token_id":2,"hidden_act":"silu","hidden_size":4096,"initializer_range":0.02,"intermediate_size":11008,
  "max_position_embeddings":4096,"model_type":"llama","num_attention_heads":32,"num_hidden_layers":32,"num_key_value_heads":32,
  "pretraining_tp":1,"rms_norm_eps":1e-05,"rope_scaling":null,"tie_word_embeddings":false,"torch_dtype":"float16",
  "use_cache":true,"vocab_size":32000})";

constexpr const char* kQwen3Yarn = R"({"architectures":["Qwen3ForCausalLM"],"attention_bias":false,"attention_dropout":0.0,"bos_token_id":151643,
  "dtype":"bfloat16","eos_token_id":151645,"head_dim":128,"hidden_act":"silu","hidden_size":2560,"initializer_range":0.02,
  "intermediate_size":9728,"layer_types":["full_attention","full_attention"],"max_position_embeddings":40960,"max_window_layers":36,
  "model_type":"qwen3","num_attention_heads":32,"num_hidden_layers":2,"num_key_value_heads":8,"rms_norm_eps":1e-06,
  "rope_parameters":{"factor":4.0,"original_max_position_embeddings":32768,"rope_theta":1000000,"rope_type":"yarn"},
  "sliding_window":null,"tie_word_embeddings":true,"use_cache":true,"use_sliding_window":false,"vocab_size":151936})";

constexpr const char* kYarnMistral = R"({"architectures":["MistralForCausalLM"],"auto_map":{"AutoConfig":"configuration_mistral.MistralConfig"},
  "bos_token_id":1,"eos_token_id":2,"hidden_act":"silu","hidden_size":4096,"initializer_range":0.02,"intermediate_size":14336,
  "max_position_embeddings":32768,"max_sequence_length":131072,"model_type":"mistral","num_attention_heads":32,"num_hidden_layers":32,
  "num_key_value_heads":8,"rms_norm_eps":1e-05,"rope_scaling":{"factor":16.0,"finetuned":true,"original_max_position_embeddings":8192,
  "type":"yarn"},"rope_theta":10000.0,"sliding_window":4096,"tie_word_embeddings":false,"torch_dtype":"bfloat16","use_cache":true,
  "vocab_size":32000})";

constexpr const char* kXlmRoberta = R"({"architectures":["XLMRobertaForMaskedLM"],"attention_probs_dropout_prob":0.1,"bos_token_id":0,
  "eos_token_id":2,"hidden_act":"gelu","hidden_dropout_prob":0.1,"hidden_size":768,"initializer_range":0.02,"intermediate_size":3072,
  "layer_norm_eps":1e-05,"max_position_embeddings":514,"model_type":"xlm-roberta","num_attention_heads":12,"num_hidden_layers":12,
  "output_past":true,"pad_token_id":1,"position_embedding_type":"absolute","type_vocab_size":1,"use_cache":true,"vocab_size":250002})";

struct Read {
  ModelConfig config;
  Status status;
};

Read read_config(const json& object) {
  ModelFields fields(object, "config.json");
  Read read;
  read.config.architecture = object["model_type"].get<std::string>();
  read.config.names = hugging_face_names();
  find_architecture(read.config.architecture)->describe(fields, read.config);
  read.status = fields.finish();
  return read;
}

}  // namespace

class PublishedConfigsTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void open_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("Llama-3.1-8B") << QByteArray(kLlama3);
    QTest::newRow("Qwen2.5-7B-1M") << QByteArray(kQwen25);
    QTest::newRow("Qwen3-30B-A3B") << QByteArray(kQwen3Moe);
    QTest::newRow("Mistral-Nemo") << QByteArray(kMistralNemo);
    QTest::newRow("glm-4-9b-chat") << QByteArray(kChatGlm);
    QTest::newRow("GLM-4-9B-0414") << QByteArray(kGlm4);
    QTest::newRow("Phi-3-mini-128k") << QByteArray(kPhi3);
    QTest::newRow("Phi-4-mini") << QByteArray(kPhi4Mini);
    QTest::newRow("Command-R7B") << QByteArray(kCohere2);
    QTest::newRow("Nemotron-4-4B") << QByteArray(kNemotron);
    QTest::newRow("DeepSeek-V2-Lite") << QByteArray(kDeepSeekV2);
    QTest::newRow("DeepSeek-V3") << QByteArray(kDeepSeekV3);
    QTest::newRow("gemma-2-9b-it") << QByteArray(kGemma2);
    QTest::newRow("gemma-3-1b-it") << QByteArray(kGemma3);
    QTest::newRow("mamba-130m") << QByteArray(kMamba);
    QTest::newRow("rwkv-5-world") << QByteArray(kRwkv5);
    QTest::newRow("gla-1.3B") << QByteArray(kGla);
    QTest::newRow("Llama-3.1-Nemotron-Nano-4B") << QByteArray(kNemotronNano);
    QTest::newRow("Llama-2-7b") << QByteArray(kLlama2);
    QTest::newRow("Yarn-Mistral-7b") << QByteArray(kYarnMistral);
    QTest::newRow("xlm-roberta-base") << QByteArray(kXlmRoberta);
    QTest::newRow("Qwen3-4B with YaRN, newer form") << QByteArray(kQwen3Yarn);
  }
  void open() {
    QFETCH(QByteArray, text);
    const Read read = read_config(json::parse(text.toStdString()));
    QVERIFY2(read.status.has_value(), read.status ? "" : describe(read.status.error()).c_str());
  }

  void other_values_are_refused_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("field");
    QTest::addColumn<QByteArray>("value");
    QTest::newRow("full_attn_mod") << QByteArray(kPhi4Mini) << QByteArray("full_attn_mod") << QByteArray("2");
    QTest::newRow("interpolate_factor") << QByteArray(kPhi4Mini) << QByteArray("interpolate_factor") << QByteArray("4");
    QTest::newRow("lm_head_bias") << QByteArray(kPhi4Mini) << QByteArray("lm_head_bias") << QByteArray("true");
    QTest::newRow("mlp_bias") << QByteArray(kPhi4Mini) << QByteArray("mlp_bias") << QByteArray("true");
    QTest::newRow("sliding_window_size") << QByteArray(kGemma2) << QByteArray("sliding_window_size") << QByteArray("2048");
    QTest::newRow("kv_channels") << QByteArray(kNemotron) << QByteArray("kv_channels") << QByteArray("96");
    QTest::newRow("rope_percent") << QByteArray(kNemotron) << QByteArray("rope_percent") << QByteArray("0.25");
    QTest::newRow("dual chunks of no length")
        << QByteArray(kQwen25) << QByteArray("dual_chunk_attention_config") << QByteArray("{}");
  }
  void other_values_are_refused() {
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, field);
    QFETCH(QByteArray, value);
    json object = json::parse(text.toStdString());
    object[field.toStdString()] = json::parse(value.toStdString());
    const Read read = read_config(object);
    QVERIFY(!read.status.has_value());
    QVERIFY2(read.status.error().message.find(field.toStdString()) != std::string::npos, read.status.error().message.c_str());
  }

  // bf16 has 8 binary digits: one plus a small weight would lose most of them.
  void what_stays_fp32_on_a_device() {
    for (const char* text : {kGemma2, kGemma3, kNemotron}) QVERIFY(read_config(json::parse(text)).config.wide_norms);
    for (const char* text : {kDeepSeekV2, kDeepSeekV3})
      QVERIFY(read_config(json::parse(text)).config.experts.wide_router);
    QVERIFY(!read_config(json::parse(kQwen3Moe)).config.experts.wide_router);
    QVERIFY(!read_config(json::parse(kLlama3)).config.wide_norms);
  }

  void other_kinds_of_folders_are_named_data() {
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("word");
    QTest::newRow("multimodal") << QByteArray(R"({"model_type":"llava","text_config":{},"vision_config":{}})") << QByteArray("text_config");
    QTest::newRow("vision alone") << QByteArray(R"({"model_type":"gemma3","vision_config":{}})") << QByteArray("vision_config");
    QTest::newRow("own code") << QByteArray(R"({"model_type":"xmodel","auto_map":{"AutoModel":"modeling_x.X"}})")
                              << QByteArray("modeling_x.X");
  }
  void other_kinds_of_folders_are_named() {
    QFETCH(QByteArray, text);
    QFETCH(QByteArray, word);
    testing::TemporaryFolder folder;
    QVERIFY(write_file(folder.path() / "config.json", text.toStdString()).has_value());
    auto opened = open_model(folder.path());
    QVERIFY(!opened);
    QVERIFY2(opened.error().message.find(word.toStdString()) != std::string::npos, opened.error().message.c_str());
  }

  // The reference's Gemma3TextConfig fills in what is not there; every sixth layer sees everything.
  void the_text_part_is_read() {
    const Read read = read_config(text_part(json::parse(kGemma3Parts)));
    QVERIFY2(read.status.has_value(), read.status ? "" : describe(read.status.error()).c_str());
    const ModelConfig& config = read.config;
    QCOMPARE(config.layers, int64_t{34});
    QCOMPARE(config.hidden, int64_t{2560});
    QCOMPARE(config.heads, int64_t{8});
    QCOMPARE(config.kv_heads, int64_t{4});
    QCOMPARE(config.head_dim, int64_t{256});
    QCOMPARE(config.vocabulary, int64_t{262208});
    QCOMPARE(config.window_tokens, int64_t{131072});
    QCOMPARE(config.attention_scale, 1.0 / 16);
    QCOMPARE(config.ropes[0].linear_factor, 8.0);
    QCOMPARE(config.ropes[0].theta, 1e6);
    QCOMPARE(config.ropes[1].linear_factor, 1.0);
    QCOMPARE(config.ropes[1].theta, 1e4);
    for (size_t i = 0; i < 34; ++i)
      QCOMPARE(config.plan[i].window, int64_t{i % 6 == 5 ? 0 : 1024});
    QVERIFY(config.tied_head);
  }

  // rope_parameters took the place of rope_scaling; the original length beside counts more than inside.
  void rotary_objects_that_disagree_are_refused() {
    json object = json::parse(kQwen3Yarn);
    object["rope_scaling"] = object["rope_parameters"];
    QVERIFY(read_config(object).status.has_value());
    object["rope_scaling"]["factor"] = 2.0;
    const Read read = read_config(object);
    QVERIFY(!read.status.has_value());
    for (const char* name : {"rope_parameters", "rope_scaling"})
      QVERIFY2(read.status.error().message.find(name) != std::string::npos, read.status.error().message.c_str());
    json gemma = json::parse(kGemma3);
    gemma["rope_parameters"] = {{"rope_type", "linear"}, {"factor", 8.0}};
    const Read flat = read_config(gemma);
    QVERIFY(!flat.status.has_value());
    QVERIFY2(flat.status.error().message.find("full_attention") != std::string::npos, flat.status.error().message.c_str());
  }
  void the_original_length_beside_counts() {
    json object = json::parse(kQwen3Yarn);
    QCOMPARE(read_config(object).config.ropes[0].yarn->original_window, 32768.0);
    object["original_max_position_embeddings"] = 8192;
    QCOMPARE(read_config(object).config.ropes[0].yarn->original_window, 8192.0);
  }

  // Published both as true and as false; the reference does not read it.
  void how_other_programs_share_an_embedding_is_all_one() {
    json object = json::parse(kCohere2);
    for (const bool shared : {true, false}) {
      object["use_parallel_embedding"] = shared;
      QVERIFY(read_config(object).status.has_value());
    }
  }

  // Numbers of the reference's configuration classes (transformers 5.24).
  void what_is_left_out_is_as_the_class_has_it() {
    auto without = [](const char* text, std::initializer_list<const char*> fields) {
      json object = json::parse(text);
      for (const char* field : fields) object.erase(field);
      const Read read = read_config(text_part(object));
      if (!read.status) qWarning("%s", describe(read.status.error()).c_str());
      return read.config;
    };
    ModelConfig config = without(kMistralNemo, {"sliding_window", "num_key_value_heads"});
    QCOMPARE(config.plan[0].window, int64_t{4096});
    QCOMPARE(config.kv_heads, int64_t{8});
    QCOMPARE(without(kMistralNemo, {}).plan[0].window, int64_t{0});  // null says none
    json qwen = json::parse(kQwen25);
    qwen["use_sliding_window"] = true;
    qwen["num_hidden_layers"] = 30;
    config = without(qwen.dump().c_str(), {"sliding_window", "max_window_layers"});
    QCOMPARE(config.plan[27].window, int64_t{0});
    QCOMPARE(config.plan[28].window, int64_t{4096});
    config = without(kGemma2, {"head_dim", "query_pre_attn_scalar", "attn_logit_softcapping", "final_logit_softcapping"});
    QCOMPARE(config.head_dim, int64_t{256});
    QCOMPARE(config.attention_scale, 1.0 / 16);
    QCOMPARE(config.attention_soft_cap, 50.0);
    QCOMPARE(config.final_soft_cap, 30.0);
    QCOMPARE(without(kGemma3, {}).attention_soft_cap, 0.0);
    config = without(kGlm4, {"head_dim", "num_key_value_heads", "rms_norm_eps"});
    QCOMPARE(config.head_dim, int64_t{128});
    QCOMPARE(config.kv_heads, int64_t{2});
    QCOMPARE(config.norm_epsilon, 1.5625e-07);
    config = without(kPhi3, {"original_max_position_embeddings"});
    QCOMPARE(config.ropes[0].longrope->original_window, int64_t{4096});
    config = without(kDeepSeekV3, {"n_shared_experts", "topk_group"});
    QCOMPARE(config.experts.shared_feed_forward, int64_t{2048});
    QCOMPARE(config.experts.groups_used, int64_t{4});
  }

  // In the reference's mixtures of experts the window is in every layer.
  void windows_of_experts_are_everywhere() {
    json object = json::parse(kQwen3Moe);
    object["use_sliding_window"] = true;
    object["sliding_window"] = 4096;
    const Read read = read_config(object);
    QVERIFY(read.status.has_value());
    for (const LayerPlan& layer : read.config.plan) QCOMPARE(layer.window, int64_t{4096});
  }

  // Published RWKV models are often one such file and nothing else.
  void a_pickled_model_without_a_config_is_told() {
    testing::TemporaryFolder folder;
    QVERIFY(write_file(folder.path() / "RWKV-x060-World.pth", "x").has_value());
    auto opened = open_model(folder.path());
    QVERIFY(!opened);
    QVERIFY2(opened.error().message.find("pickled") != std::string::npos, opened.error().message.c_str());
    QVERIFY(opened.error().remedy.find("safetensors") != std::string::npos);
  }

  // Older programs wrote every default: how answers are chosen is for a plan to say, and what
  // would be another kind of model is refused.
  void defaults_written_out_are_read() {
    testing::TemporaryFolder folder;
    const auto golden = testing::source_folder() / "tests" / "golden" / "architectures";
    std::filesystem::copy(golden / "llama_linear", folder.path() / "m");
    const json given = *read_json(folder.path() / "m" / "config.json");
    auto problem_with = [&](const json& more) {
      json object = given;
      object.update(more);
      if (!write_file(folder.path() / "m" / "config.json", object.dump())) return std::string("not written");
      auto opened = open_model(folder.path() / "m");
      return opened ? std::string() : opened.error().message;
    };
    QCOMPARE(problem_with({{"is_encoder_decoder", false}, {"add_cross_attention", false}, {"pruned_heads", json::object()},
                           {"temperature", 1.0}, {"top_k", 50}, {"num_beams", 1}, {"do_sample", false}}),
             std::string());
    for (const json& more : {json{{"is_encoder_decoder", true}}, json{{"add_cross_attention", true}},
                             json{{"pruned_heads", {{"0", {1}}}}}}) {
      const std::string problem = problem_with(more);
      QVERIFY2(problem.find(more.begin().key()) != std::string::npos, problem.c_str());
    }
  }

  // transformers ties only what is equal, or what is stored once.
  void a_stored_head_that_differs_is_not_tied() {
    testing::TemporaryFolder folder;
    const auto golden = testing::source_folder() / "tests" / "golden" / "architectures";
    std::filesystem::copy(golden / "llama_linear", folder.path() / "two");
    json object = *read_json(folder.path() / "two" / "config.json");
    object["tie_word_embeddings"] = true;
    QVERIFY(write_file(folder.path() / "two" / "config.json", object.dump()).has_value());
    auto opened = open_model(folder.path() / "two");
    QVERIFY(opened.has_value());
    QVERIFY(!opened->config.tied_head);
    QCOMPARE(opened->config.notes.size(), size_t{1});
    QVERIFY(load_model(*opened, {}).has_value());
  }
  void a_tied_head_may_be_stored_in_the_embeddings_place() {
    testing::TemporaryFolder folder;
    const auto golden = testing::source_folder() / "tests" / "golden" / "architectures";
    std::filesystem::copy(golden / "qwen2", folder.path() / "one");
    std::string bytes = *read_file(folder.path() / "one" / "model.safetensors");
    const std::string stored = "\"model.embed_tokens.weight\"", head = "\"lm_head.weight\"";
    const size_t at = bytes.find(stored);
    QVERIFY(at != std::string::npos);
    bytes.replace(at, stored.size(), head + std::string(stored.size() - head.size(), ' '));
    QVERIFY(write_file(folder.path() / "one" / "model.safetensors", bytes).has_value());
    auto opened = open_model(folder.path() / "one");
    QVERIFY(opened.has_value());
    QVERIFY(opened->config.tied_head);
    auto loaded = load_model(*opened, {});
    QVERIFY2(loaded.has_value(), loaded ? "" : describe(loaded.error()).c_str());
  }

  void dual_chunks_are_off_up_to_the_trained_length() {
    const Read read = read_config(json::parse(kQwen25));
    QCOMPARE(read.config.window_tokens, int64_t{262144});
    QCOMPARE(read.config.notes.size(), size_t{1});
    QVERIFY(read.config.notes[0].find("dual chunk") != std::string::npos);
  }
};

QTEST_APPLESS_MAIN(PublishedConfigsTest)
#include "published_configs_test.moc"
