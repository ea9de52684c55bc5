// RWKV-7 "Goose" (Peng et al. 2025, arXiv 2503.14456): a token replaces what its key finds in the
// state, by a rate per key; values of the first layer reach all others.
#include <ATen/TensorOperators.h>
#include <ATen/ops/clamp.h>
#include <ATen/ops/relu.h>
#include <ATen/ops/sqrt.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "core/engine/operations.h"
#include "core/engine/pointwise.h"
#include "core/engine/recurrence.h"
#include "core/models/architectures.h"
#include "core/models/part_names.h"
#include "core/models/rwkv.h"

namespace loom {
namespace {

constexpr PartName kNames[] = {
    {"attn_norm", "attn_norm"},
    {"ffn_norm", "attn_norm_2"},
    {"attn.r_proj", "time_mix_receptance"},
    {"attn.k_proj", "time_mix_key"},
    {"attn.v_proj", "time_mix_value"},
    {"attn.o_proj", "time_mix_output"},
    {"attn.g_norm", "time_mix_ln"},
    {"attn.x_x", "time_mix_lerp_fused.weight"},
    {"attn.k_k", "time_mix_k_k.weight"},
    {"attn.k_a", "time_mix_k_a.weight"},
    {"attn.r_k", "time_mix_r_k.weight"},
    {"ffn.x_k", "channel_mix_lerp_k.weight"},
    {"ffn.key", "channel_mix_key"},
    {"ffn.value", "channel_mix_value"},
};

enum Part { kReceptance, kDecay, kKey, kValue, kRate, kGate, kParts };

// Two narrow matrices one after the other.
struct NarrowPair {
  Linear in, out;
};

struct GooseLayer {
  Norm before, time_norm, channel_norm, head_norm;  // `before` in the first layer only
  std::array<at::Tensor, kParts> mix;               // [hidden], the share of the token before
  Linear receptance, key, value, out;
  NarrowPair decay, rate, gate, first_value;   // the last is missing in the first layer
  at::Tensor removal_scale, key_scale, bonus;  // [heads, head_dim]
  at::Tensor channel_mix;
  Linear channel_key, channel_value;
};

class Goose : public RecurrentModel {
 public:
  static Result<std::unique_ptr<CausalModel>> load(OpenedModel& model, const ComputeDevice& device);

 private:
  using RecurrentModel::RecurrentModel;
  Status take_layer(WeightTaker& weights, int64_t index);
  Status take_mixes(WeightTaker& weights, const LayerNames& name, GooseLayer& layer);
  Status take_narrow(WeightTaker& weights, const LayerNames& name, GooseLayer& layer, bool first);
  Status take_pair(WeightTaker& weights, const LayerNames& name, char part, int64_t rank,
                   NarrowPair& pair);
  at::Tensor run(at::Tensor x, const SequenceRows& rows) const override;
  at::Tensor mix_time(const at::Tensor& x, size_t index, at::Tensor& first_value,
                      const SequenceRows& rows) const;
  at::Tensor mix_channels(const at::Tensor& x, size_t index, const SequenceRows& rows) const;
  at::Tensor per_head(const at::Tensor& x) const;

  std::vector<GooseLayer> layers_;
};

Result<std::unique_ptr<CausalModel>> Goose::load(OpenedModel& opened, const ComputeDevice& device) {
  std::unique_ptr<Goose> model(new Goose(opened.config, device));
  WeightTaker weights(opened.weights, device);
  for (int64_t i = 0; i < opened.config.layers; ++i) {
    LOOM_CHECK(model->take_layer(weights, i));
    add_rwkv_states(model->shape_.kv, opened.config);
  }
  LOOM_CHECK(model->take_outer(weights));
  return std::unique_ptr<CausalModel>(std::move(model));
}

Status Goose::take_layer(WeightTaker& weights, int64_t index) {
  const int64_t hidden = config_.hidden, wide = config_.feed_forward;
  const LayerNames name(config_, "model.layers.", kNames, index);
  GooseLayer layer;
  if (index == 0) {
    const std::string before = config_.gguf ? "token_embd_norm" : name("pre_norm");
    LOOM_TRY(layer.before, weights.norm(before, hidden, config_.norm_bias));
  }
  LOOM_TRY(layer.time_norm, weights.norm(name("attn_norm"), hidden, config_.norm_bias));
  LOOM_TRY(layer.channel_norm, weights.norm(name("ffn_norm"), hidden, config_.norm_bias));
  LOOM_CHECK(take_mixes(weights, name, layer));
  LOOM_CHECK(take_narrow(weights, name, layer, index == 0));
  for (auto [part, into] : {std::pair{"attn.r_proj", &layer.receptance},
                            {"attn.k_proj", &layer.key},
                            {"attn.v_proj", &layer.value},
                            {"attn.o_proj", &layer.out}}) {
    LOOM_TRY(*into, weights.linear(name(part), hidden, hidden));
  }
  LOOM_TRY(layer.head_norm.weight, weights.numbers(name("attn.g_norm") + ".weight", {hidden}));
  LOOM_TRY(layer.head_norm.bias, weights.numbers(name("attn.g_norm") + ".bias", {hidden}));
  LOOM_TRY(const at::Tensor mix, weights.numbers(name("ffn.x_k"), {hidden}));
  layer.channel_mix = mix.to(device_.dtype);
  LOOM_TRY(layer.channel_key, weights.linear(name("ffn.key"), wide, hidden));
  LOOM_TRY(layer.channel_value, weights.linear(name("ffn.value"), hidden, wide));
  layers_.push_back(std::move(layer));
  return {};
}

// The first folders, and GGUF files, keep the shares of all parts in one tensor.
Status Goose::take_mixes(WeightTaker& weights, const LayerNames& name, GooseLayer& layer) {
  const int64_t hidden = config_.hidden;
  const bool gguf = config_.gguf, joined = gguf || weights.stored().has(name("attn.x_x"));
  using Shape = std::vector<int64_t>;
  at::Tensor all;
  if (joined) {
    LOOM_TRY(all, weights.numbers(name("attn.x_x"),
                                  gguf ? Shape{kParts, 1, 1, hidden} : Shape{kParts, hidden}));
  }
  const std::array<const char*, kParts> names = {"attn.x_r", "attn.x_w", "attn.x_k",
                                                 "attn.x_v", "attn.x_a", "attn.x_g"};
  for (size_t part = 0; part < kParts; ++part) {
    at::Tensor mix = joined ? all[static_cast<int64_t>(part)] : at::Tensor();
    if (!joined) {
      LOOM_TRY(mix, weights.numbers(name(names[part]), {1, 1, hidden}));
    }
    layer.mix[part] = mix.reshape({hidden}).to(device_.dtype);
  }
  for (auto [part, into] :
       {std::pair{"attn.k_k", &layer.removal_scale}, {"attn.k_a", &layer.key_scale}}) {
    LOOM_TRY(const at::Tensor scale, weights.numbers(name(part), {hidden}));
    *into = per_head(scale)[0];
  }
  const Shape per_head_shape = {config_.heads, config_.head_dim};
  LOOM_TRY(layer.bonus, weights.numbers(name("attn.r_k"), gguf ? Shape{hidden} : per_head_shape));
  layer.bonus = layer.bonus.reshape(per_head_shape);
  return {};
}

// In GGUF files the bias of the second matrix is the part's tensor 0; gates have none.
Status Goose::take_pair(WeightTaker& weights, const LayerNames& name, char part, int64_t rank,
                        NarrowPair& pair) {
  const int64_t hidden = config_.hidden;
  const bool bias = part != 'g';
  if (!config_.gguf) {
    const std::string lora = name(std::string("attn.") + part + "_lora.lora.");
    LOOM_TRY(pair.in, weights.linear(lora + "0", rank, hidden));
    LOOM_TRY(pair.out, weights.linear(lora + "2", hidden, rank, bias));
    return {};
  }
  const std::string numbered = name(std::string("time_mix_") + part);
  LOOM_TRY(pair.in, weights.linear(numbered + "1", rank, hidden));
  LOOM_TRY(pair.out, weights.linear(numbered + "2", hidden, rank));
  if (bias) {
    LOOM_TRY(pair.out.bias, weights.tensor(numbered + "0.weight", {hidden}));
  }
  return {};
}

Status Goose::take_narrow(WeightTaker& weights, const LayerNames& name, GooseLayer& layer,
                          bool first) {
  const RecurrentSettings& ranks = config_.recurrent;
  LOOM_CHECK(take_pair(weights, name, 'w', ranks.decay_rank, layer.decay));
  LOOM_CHECK(take_pair(weights, name, 'a', ranks.rate_rank, layer.rate));
  LOOM_CHECK(take_pair(weights, name, 'g', ranks.gate_rank, layer.gate));
  if (!first) return take_pair(weights, name, 'v', ranks.value_rank, layer.first_value);
  // The first layer has no values before it; what GGUF files hold there is the rate once more.
  if (config_.gguf)
    for (const char* unused : {"0", "1", "2"})
      weights.stored().ignore(name(std::string("time_mix_v") + unused + ".weight"));
  return {};
}

// [rows, hidden] or [hidden] → fp32 [rows, heads, head_dim]
at::Tensor Goose::per_head(const at::Tensor& x) const {
  return x.to(at::kFloat).reshape({-1, config_.heads, config_.head_dim});
}

at::Tensor Goose::mix_time(const at::Tensor& x, size_t index, at::Tensor& first_value,
                           const SequenceRows& rows) const {
  const GooseLayer& layer = layers_[index];
  at::Tensor change = change_to_before(x, index * kRwkvStates + kLastTimeInput, rows);
  auto input = [&](Part part) { return x + change * layer.mix[part]; };
  auto narrow = [&](const NarrowPair& pair, const at::Tensor& from) {
    return pair.out(pair.in(from, rows.decode), rows.decode);
  };
  at::Tensor r = per_head(layer.receptance(input(kReceptance), rows.decode));
  at::Tensor k = per_head(layer.key(input(kKey), rows.decode));
  at::Tensor value_input = input(kValue), value = layer.value(value_input, rows.decode);
  if (index == 0) {
    first_value = value;
  } else {
    value = value + (first_value - value) * sigmoid(narrow(layer.first_value, value_input));
  }
  at::Tensor v = per_head(value);
  at::Tensor turned = hyperbolic_tangent(layer.decay.in(input(kDecay), rows.decode));
  at::Tensor openness = sigmoid(per_head(layer.decay.out(turned, rows.decode)));
  at::Tensor decay = exponential(openness * -std::exp(-0.5));
  at::Tensor rate = sigmoid(per_head(narrow(layer.rate, input(kRate))));
  at::Tensor found = k * layer.removal_scale;
  found = found / at::clamp(at::sqrt((found * found).sum(-1, true)), 1e-12);
  k = k * ((rate - 1) * layer.key_scale + 1);
  at::Tensor removal = -found, replacement = found * rate;
  at::Tensor read =
      rows.each(index * kRwkvStates + kHeadState, [&](const auto& mine, at::Tensor& state) {
        return run_recurrence(
            {mine(r), mine(k), mine(v), mine(decay), {}, mine(removal), mine(replacement)}, state);
      });
  at::Tensor own = (r * k * layer.bonus).sum(-1, true) * v;
  at::Tensor y = norm_heads(read, layer.head_norm, config_.recurrent.head_epsilon) + own.flatten(1);
  at::Tensor gate = layer.gate.out(sigmoid(layer.gate.in(input(kGate), rows.decode)), rows.decode);
  return layer.out(y.to(x.scalar_type()) * gate, rows.decode);
}

at::Tensor Goose::mix_channels(const at::Tensor& x, size_t index, const SequenceRows& rows) const {
  const GooseLayer& layer = layers_[index];
  at::Tensor change = change_to_before(x, index * kRwkvStates + kLastChannelInput, rows);
  at::Tensor key = at::relu(layer.channel_key(x + change * layer.channel_mix, rows.decode));
  return layer.channel_value(key * key, rows.decode);
}

at::Tensor Goose::run(at::Tensor x, const SequenceRows& rows) const {
  auto norm = [this](const at::Tensor& h, const Norm& by) {
    return layer_norm(h, by.weight, by.bias, config_.norm_epsilon);
  };
  x = norm(x, layers_[0].before);
  at::Tensor first_value;
  for (size_t i = 0; i < layers_.size(); ++i) {
    x = x + mix_time(norm(x, layers_[i].time_norm), i, first_value, rows);
    x = x + mix_channels(norm(x, layers_[i].channel_norm), i, rows);
  }
  return norm(x, final_norm_);
}

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

Result<std::unique_ptr<CausalModel>> load_rwkv7(OpenedModel& model, const ComputeDevice& device) {
  return Goose::load(model, device);
}

}  // namespace loom
