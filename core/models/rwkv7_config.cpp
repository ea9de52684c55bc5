// Hyper-parameters of RWKV-7.
#include <algorithm>
#include <cmath>

#include "core/models/architectures.h"
#include "core/models/recurrent_model.h"

namespace loom {
namespace {

// Where no field says it, ranks grow with the root of the width, in steps of 32.
int64_t read_rank(ModelFields& fields, FieldName field, double width, double weight) {
  auto steps = static_cast<int64_t>(std::nearbyint(weight * std::sqrt(std::max(width, 0.0)) / 32));
  if (fields.gguf()) return fields.integer(field);
  return fields.integer(field, std::max<int64_t>(32, 32 * steps));
}

void read_ranks(ModelFields& fields, ModelConfig& config) {
  const double width = static_cast<double>(config.hidden),
               factor = static_cast<double>(config.head_dim) / 64;
  RecurrentSettings& sizes = config.recurrent;
  sizes.decay_rank =
      read_rank(fields, {"decay_low_rank_dim", "attention.decay_lora_rank"}, width, 2.5 * factor);
  sizes.rate_rank =
      read_rank(fields, {"a_low_rank_dim", "attention.iclr_lora_rank"}, width, 2.5 * factor);
  sizes.value_rank = read_rank(fields, {"v_low_rank_dim", "attention.value_residual_mix_lora_rank"},
                               width, 1.7 * factor);
  sizes.gate_rank = read_rank(fields, {"gate_low_rank_dim", "attention.gate_lora_rank"}, width, 5);
  check_positive(fields, {{"decay_low_rank_dim", sizes.decay_rank},
                          {"a_low_rank_dim", sizes.rate_rank},
                          {"v_low_rank_dim", sizes.value_rank},
                          {"gate_low_rank_dim", sizes.gate_rank}});
}

void read_heads(ModelFields& fields, ModelConfig& config) {
  config.head_dim = fields.integer({"head_dim", "wkv.head_size"}, 0);
  config.heads = fields.integer({"num_heads"}, 0);
  if (config.head_dim > 0) config.heads = config.hidden / config.head_dim;
  if (config.head_dim == 0 && config.heads > 0) config.head_dim = config.hidden / config.heads;
  check_positive(fields, {{"head_dim", config.head_dim}, {"num_heads", config.heads}});
  if (config.heads * config.head_dim != config.hidden)
    fields.fail(ErrorKind::corrupt, "hidden_size is not a multiple of head_dim");
  nlohmann::json values = fields.value({"value_dim"});
  for (const auto& size : values.is_array() ? values : nlohmann::json::array({values}))
    if (!size.is_null() && size != config.hidden)
      fields.fail(ErrorKind::unsupported, "the field value_dim differs from hidden_size");
}

}  // namespace

void describe_rwkv7(ModelFields& fields, ModelConfig& config) {
  read_recurrent_sizes(fields, config);
  config.norm_bias = fields.boolean({"norm_bias"}, true);
  config.norm_epsilon = fields.number({"norm_eps", "attention.layer_norm_epsilon"}, 1e-5);
  read_heads(fields, config);
  read_ranks(fields, config);
  config.recurrent.head_epsilon = static_cast<double>(config.head_dim) * config.norm_epsilon;
  const double ratio = fields.number({"hidden_ratio"}, 4);
  const double wide = std::clamp(static_cast<double>(config.hidden) * ratio, 0.0, 1e9);
  config.feed_forward = fields.integer({"intermediate_size", "feed_forward_length"},
                                       32 * ((static_cast<int64_t>(wide) + 31) / 32));
  check_positive(fields, {{"intermediate_size", config.feed_forward}});
  fields.only({"hidden_act"}, "sqrelu");
  fields.only({"norm_first"}, true);
  fields.only({"attn"}, nullptr);  // layers of attention in between
  for (const char* name : {"attn_mode", "fuse_norm", "fuse_cross_entropy",
                           "fuse_linear_cross_entropy", "use_l2warp", "max_position_embeddings"})
    fields.ignore({name});
  read_tied_head(fields, config, false);
  if (config.gguf) {
    fields.only({"", "token_shift_count"}, 2);
    return ignore_attention_sizes(fields);
  }
  config.names.embedding = "model.embeddings";
}

}  // namespace loom
