// What Eagle's and Finch's layers take out of a file.
#include <ATen/TensorOperators.h>

#include "core/models/rwkv5.h"

namespace loom::eagle {
namespace {

constexpr PartName kRwkv5Names[] = {
    {"ln1", "attn_norm"},
    {"ln2", "attn_norm_2"},
    {"attention.key", "time_mix_key"},
    {"attention.value", "time_mix_value"},
    {"attention.receptance", "time_mix_receptance"},
    {"attention.gate", "time_mix_gate"},
    {"attention.output", "time_mix_output"},
    {"attention.ln_x", "time_mix_ln"},
    {"attention.time_decay", "time_mix_decay.weight"},
    {"attention.time_faaaa", "time_mix_first.weight"},
    {"attention.time_maa_x", "time_mix_lerp_x.weight"},
    {"attention.time_maa_w", "time_mix_lerp_w.weight"},
    {"attention.time_maa_k", "time_mix_lerp_k.weight"},
    {"attention.time_maa_v", "time_mix_lerp_v.weight"},
    {"attention.time_maa_r", "time_mix_lerp_r.weight"},
    {"attention.time_maa_g", "time_mix_lerp_g.weight"},
    {"attention.time_maa_w1", "time_mix_w1"},
    {"attention.time_maa_w2", "time_mix_w2.weight"},
    {"attention.time_decay_w1", "time_mix_decay_w1"},
    {"attention.time_decay_w2", "time_mix_decay_w2"},
    {"feed_forward.time_maa_k", "channel_mix_lerp_k.weight"},
    {"feed_forward.time_maa_r", "channel_mix_lerp_r.weight"},
    {"feed_forward.key", "channel_mix_key"},
    {"feed_forward.receptance", "channel_mix_receptance"},
    {"feed_forward.value", "channel_mix_value"},
    {"attention.time_maa", "time_mix_lerp_fused.weight"},  // of all parts; GGUF files alone have it
};

}  // namespace

Status Eagle::take_layer(WeightTaker& weights, int64_t index) {
  const LayerNames name(config_, "rwkv.blocks.", kRwkv5Names, index);
  EagleLayer layer;
  if (index == 0) {
    const std::string before = config_.gguf ? "token_embd_norm" : name("pre_ln");
    LOOM_TRY(layer.before, weights.norm(before, config_.hidden, true));
  }
  LOOM_TRY(layer.time_norm, weights.norm(name("ln1"), config_.hidden, true));
  LOOM_TRY(layer.channel_norm, weights.norm(name("ln2"), config_.hidden, true));
  LOOM_CHECK(take_time_mix(weights, name, layer.time));
  LOOM_CHECK(take_channel_mix(weights, name, layer.channel));
  layers_.push_back(std::move(layer));
  return {};
}

Result<at::Tensor> Eagle::mix(WeightTaker& weights, const std::string& name) {
  const int64_t hidden = config_.hidden;
  using Shape = std::vector<int64_t>;
  LOOM_TRY(const at::Tensor stored,
           weights.numbers(name, config_.gguf ? Shape{hidden} : Shape{1, 1, hidden}));
  at::Tensor share = stored.reshape({hidden});
  return (finch() ? share : 1 - share).to(device_.dtype);
}

Status Eagle::take_mixes(WeightTaker& weights, const LayerNames& name, TimeMix& time) {
  const std::string joined = name("attention.time_maa");
  if (weights.stored().has(joined)) {
    LOOM_TRY(const at::Tensor all, weights.numbers(joined, {kParts, 1, 1, config_.hidden}));
    for (int64_t part = 0; part < kParts; ++part)
      time.mix[static_cast<size_t>(part)] = all[part].reshape({config_.hidden}).to(device_.dtype);
    return {};
  }
  const std::array<const char*, kParts> finchs = {"maa_w", "maa_k", "maa_v", "maa_r", "maa_g"};
  const std::array<const char*, kParts> eagles = {"", "mix_key", "mix_value", "mix_receptance",
                                                  "mix_gate"};
  for (size_t part = finch() ? kDecay : kKey; part < kParts; ++part) {
    const std::string mixed = finch() ? finchs[part] : eagles[part];
    LOOM_TRY(time.mix[part], mix(weights, name("attention.time_" + mixed)));
  }
  return {};
}

Status Eagle::take_time_mix(WeightTaker& weights, const LayerNames& name, TimeMix& time) {
  const int64_t hidden = config_.hidden, heads = config_.heads, inner = config_.recurrent.inner;
  const std::array<const char*, kParts> names = {"", "key", "value", "receptance", "gate"};
  LOOM_CHECK(take_mixes(weights, name, time));
  for (size_t part = kKey; part < kParts; ++part) {
    LOOM_TRY(time.project[part],
             weights.linear(name(std::string("attention.") + names[part]), inner, hidden));
  }
  std::vector<int64_t> per_head = {heads, config_.head_dim}, decay = per_head;
  if (finch()) decay = {1, 1, inner};
  if (config_.gguf) decay = {inner};
  LOOM_TRY(time.decay, weights.numbers(name("attention.time_decay"), decay));
  time.decay = time.decay.reshape(per_head);
  LOOM_TRY(time.bonus, weights.numbers(name("attention.time_faaaa"), per_head));
  if (finch()) LOOM_CHECK(take_dependence(weights, name, time.dependence.emplace()));
  LOOM_TRY(time.norm.weight, weights.numbers(name("attention.ln_x") + ".weight", {inner}));
  LOOM_TRY(time.norm.bias, weights.numbers(name("attention.ln_x") + ".bias", {inner}));
  LOOM_TRY(time.out, weights.linear(name("attention.output"), hidden, inner));
  return {};
}

// In folders the ranks stand in the tensors alone, which are the transposed ones of GGUF files.
Status Eagle::take_dependence(WeightTaker& weights, const LayerNames& name,
                              TokenDependence& taken) {
  const int64_t hidden = config_.hidden, inner = config_.recurrent.inner;
  const bool gguf = config_.gguf;
  auto projection = [&](const char* part, int64_t out, int64_t in) {
    return gguf ? weights.linear(name(part), out, in) : weights.transposed(name(part), in, out);
  };
  LOOM_TRY(taken.mix, mix(weights, name("attention.time_maa_x")));
  int64_t rank = config_.recurrent.rate_rank, decay_rank = config_.recurrent.decay_rank;
  if (!gguf) {
    LOOM_TRY(rank, weights.stored().size_of(name("attention.time_maa_w2"), 1));
    LOOM_TRY(decay_rank, weights.stored().size_of(name("attention.time_decay_w2"), 0));
  }
  LOOM_TRY(taken.narrow, projection("attention.time_maa_w1", kParts * rank, hidden));
  using Shape = std::vector<int64_t>;
  LOOM_TRY(const at::Tensor wide,
           weights.numbers(name("attention.time_maa_w2"),
                           gguf ? Shape{kParts, hidden, rank} : Shape{kParts, rank, hidden}));
  for (int64_t part = 0; part < kParts; ++part)
    taken.wide[static_cast<size_t>(part)].weight =
        (gguf ? wide[part] : wide[part].transpose(0, 1)).to(device_.dtype).contiguous();
  LOOM_TRY(taken.decay_narrow, projection("attention.time_decay_w1", decay_rank, hidden));
  LOOM_TRY(taken.decay_wide, projection("attention.time_decay_w2", inner, decay_rank));
  return {};
}

Status Eagle::take_channel_mix(WeightTaker& weights, const LayerNames& name, ChannelMix& channel) {
  const int64_t hidden = config_.hidden, wide = config_.feed_forward;
  const std::string block = "feed_forward.";
  LOOM_TRY(channel.key_mix, mix(weights, name(block + (finch() ? "time_maa_k" : "time_mix_key"))));
  LOOM_TRY(channel.receptance_mix,
           mix(weights, name(block + (finch() ? "time_maa_r" : "time_mix_receptance"))));
  LOOM_TRY(channel.key, weights.linear(name(block + "key"), wide, hidden));
  LOOM_TRY(channel.receptance, weights.linear(name(block + "receptance"), hidden, hidden));
  LOOM_TRY(channel.value, weights.linear(name(block + "value"), hidden, wide));
  return {};
}

}  // namespace loom::eagle
