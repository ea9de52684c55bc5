// What Goose's layers take out of a file.
#include <ATen/TensorOperators.h>

#include "core/models/rwkv7.h"

namespace loom::goose {
namespace {

constexpr PartName kRwkv7Names[] = {
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

}  // namespace

Status Goose::take_layer(WeightTaker& weights, int64_t index) {
  const int64_t hidden = config_.hidden, wide = config_.feed_forward;
  const LayerNames name(config_, "model.layers.", kRwkv7Names, index);
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

}  // namespace loom::goose
