// DeepSeek-V2 (arXiv 2405.04434), V3 and R1 (arXiv 2412.19437): latent attention, one block for
// every token beside the routed experts, experts chosen within the best groups. GGUF files of all
// of them call themselves deepseek2.
#include <cmath>

#include "core/models/architectures.h"

namespace loom {
namespace {

// What attention_scale is without YaRN: a whole head's width, its plain and its turning part.
void set_heads(ModelFields& fields, ModelConfig& config, const LatentAttention& sizes) {
  for (auto [value, name] : {std::pair{sizes.rank, "kv_lora_rank"},
                             {sizes.plain, "qk_nope_head_dim"},
                             {sizes.rotary, "qk_rope_head_dim"},
                             {sizes.value, "v_head_dim"}})
    if (value <= 0 || value > 1 << 20)
      fields.fail(ErrorKind::corrupt,
                  std::string("the field ") + name + " is " + std::to_string(value));
  config.latent = sizes;
  config.kv_heads = 1;
  config.head_dim = sizes.rotary;
  config.interleaved_rope = true;
  config.attention_scale = 1 / std::sqrt(static_cast<double>(sizes.plain + sizes.rotary));
}

void sharpen(ModelConfig& config) {
  const auto& yarn = config.ropes[0].yarn;
  if (!yarn || yarn->score_weight == 0) return;
  double growth = yarn_growth(yarn->factor, yarn->score_weight);
  config.attention_scale *= growth * growth;
}

void check_experts(ModelFields& fields, const ExpertSettings& experts) {
  bool fits = experts.count > 0 && experts.count <= 1 << 16 && experts.per_token > 0 &&
              experts.feed_forward > 0 && experts.groups > 0 && experts.groups_used > 0 &&
              experts.groups_used <= experts.groups && experts.count % experts.groups == 0 &&
              experts.shared_feed_forward >= 0 &&
              experts.per_token <= experts.count / experts.groups * experts.groups_used &&
              (!experts.corrected || experts.groups == 1 || experts.count / experts.groups >= 2);
  if (!fits)
    fields.fail(ErrorKind::corrupt, "the number of experts is " + std::to_string(experts.count) +
                                        " in " + std::to_string(experts.groups) +
                                        " groups, of which " + std::to_string(experts.groups_used) +
                                        " give " + std::to_string(experts.per_token) +
                                        " for a token");
}

void use_experts_from(ModelFields& fields, ModelConfig& config, int64_t first) {
  check_experts(fields, config.experts);
  config.experts.wide_router = true;
  for (size_t i = 0; i < config.plan.size(); ++i)
    config.plan[i].experts = static_cast<int64_t>(i) >= first;
}

void read_both_versions(ModelFields& fields, ModelConfig& config) {
  read_outer_sizes(fields, config);
  LatentAttention sizes;
  sizes.query_rank = fields.integer({"q_lora_rank"}, 0);
  sizes.rank = fields.integer({"kv_lora_rank"});
  sizes.plain = fields.integer({"qk_nope_head_dim"});
  sizes.rotary = fields.integer({"qk_rope_head_dim"});
  sizes.value = fields.integer({"v_head_dim"});
  set_heads(fields, config, sizes);
  fields.only({"num_key_value_heads"}, config.heads);
  fields.only({"head_dim"}, sizes.rotary);
  fields.only({"qk_head_dim"}, sizes.plain + sizes.rotary);
  check_sizes(fields, config);
  read_rms_norm(fields, config);
  read_rope(fields, config);
  sharpen(config);
  read_tied_head(fields, config, false);
  config.attention_bias = config.output_bias = fields.boolean({"attention_bias"}, false);
  fields.only({"hidden_act"}, "silu");
  fields.only({"moe_layer_freq"}, 1);
  fields.ignore({"ep_size"});  // how training and serving spread the experts
  fields.ignore({"aux_loss_alpha"});
  fields.ignore({"seq_aux"});
  ExpertSettings& experts = config.experts;
  experts.count = fields.integer({"n_routed_experts"});
  experts.per_token = fields.integer({"num_experts_per_tok"});
  experts.feed_forward = fields.integer({"moe_intermediate_size"});
  experts.shared_feed_forward = experts.feed_forward * fields.integer({"n_shared_experts"}, 0);
  experts.groups = fields.integer({"n_group"}, 1);
  experts.groups_used = fields.integer({"topk_group"}, 1);
  experts.scale = fields.number({"routed_scaling_factor"}, 1);
}

void read_deepseek_gguf(ModelFields& fields, ModelConfig& config) {
  read_outer_sizes(fields, config);
  LatentAttention sizes;
  sizes.query_rank = fields.integer({"", "attention.q_lora_rank"}, 0);
  sizes.rank = fields.integer({"", "attention.kv_lora_rank"});
  sizes.rotary = fields.integer({"", "rope.dimension_count"});
  // Files of the first kind describe heads as they are, later ones as they are cached.
  int64_t key = fields.integer({"", "attention.key_length"}),
          value = fields.integer({"", "attention.value_length"});
  sizes.plain = fields.integer({"", "attention.key_length_mla"}, key) - sizes.rotary;
  sizes.value = fields.integer({"", "attention.value_length_mla"}, value);
  fields.ignore({"", "attention.head_count_kv"});
  set_heads(fields, config, sizes);
  check_sizes(fields, config);
  read_rms_norm(fields, config);
  read_rope(fields, config);
  if (auto& yarn = config.ropes[0].yarn) {
    yarn->score_weight = 10 * fields.number({"", "rope.scaling.yarn_log_multiplier"}, 0);
    if (yarn->score_weight != 0 && !fields.has({"", "rope.scaling.yarn_attn_factor"}))
      config.ropes[0].magnitude = 1;
  }
  sharpen(config);
  read_tied_head(fields, config, false);
  ExpertSettings& experts = config.experts;
  experts.count = fields.integer({"", "expert_count"});
  experts.per_token = fields.integer({"", "expert_used_count"});
  experts.feed_forward = fields.integer({"", "expert_feed_forward_length"});
  experts.shared_feed_forward =
      experts.feed_forward * fields.integer({"", "expert_shared_count"}, 0);
  experts.groups = fields.integer({"", "expert_group_count"}, 1);
  experts.groups_used = fields.integer({"", "expert_group_used_count"}, 1);
  experts.scale = fields.number({"", "expert_weights_scale"}, 1);
  experts.normalise = fields.boolean({"", "expert_weights_norm"}, false);
  constexpr int64_t kSigmoid = 2;
  experts.corrected = fields.integer({"", "expert_gating_func"}, 1) == kSigmoid;
  if (experts.corrected) experts.score = ExpertScore::sigmoid;
  use_experts_from(fields, config, fields.integer({"", "leading_dense_block_count"}, 0));
}

}  // namespace

void describe_deepseek_v2(ModelFields& fields, ModelConfig& config) {
  if (config.gguf) return read_deepseek_gguf(fields, config);
  read_both_versions(fields, config);
  fields.only({"scoring_func"}, "softmax");
  fields.only({"norm_topk_prob"}, false);
  fields.only({"mlp_bias"}, false);
  config.experts.normalise = false;
  std::string method = fields.text({"topk_method"}, "greedy");
  if (method == "greedy")
    config.experts.groups = config.experts.groups_used = 1;
  else if (method != "group_limited_greedy")
    fields.fail(ErrorKind::unsupported,
                "the field topk_method is \"" + method + "\", which is not known");
  use_experts_from(fields, config, fields.integer({"first_k_dense_replace"}, 0));
}

void describe_deepseek_v3(ModelFields& fields, ModelConfig& config) {
  read_both_versions(fields, config);
  fields.only({"scoring_func"}, "sigmoid");
  fields.only({"topk_method"}, "noaux_tc");
  config.experts.score = ExpertScore::sigmoid;
  config.experts.corrected = true;
  config.experts.normalise = fields.boolean({"norm_topk_prob"}, true);
  config.interleaved_rope = fields.boolean({"rope_interleave"}, true);
  use_experts_from(fields, config, fields.integer({"first_k_dense_replace"}, 3));
  // Layers behind the last one predict further tokens at once; one token at a time needs none.
  config.unused_layers =
      fields.integer({"num_nextn_predict_layers"}, fields.integer({"num_mtp_layers"}, 0));
}

}  // namespace loom
