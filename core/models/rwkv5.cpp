// RWKV-5 "Eagle" and RWKV-6 "Finch" (Peng et al. 2024, arXiv 2404.05892): heads with one decay per
// key and a bonus for the token at hand. In Finch the decay, and how a token is mixed with the one
// before it, depend on the token.
#include <ATen/TensorOperators.h>
#include <ATen/ops/relu.h>

#include <array>

#include "core/engine/operations.h"
#include "core/engine/pointwise.h"
#include "core/engine/recurrence.h"
#include "core/models/architectures.h"
#include "core/models/part_names.h"
#include "core/models/rwkv.h"

namespace loom {
namespace {

constexpr PartName kNames[] = {
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

enum Part { kDecay, kKey, kValue, kReceptance, kGate, kParts };

// Finch: mixes and decay through narrow matrices.
struct TokenDependence {
  at::Tensor mix;                   // [hidden], of the input to `narrow`
  Linear narrow;                    // hidden → kParts * rank
  std::array<Linear, kParts> wide;  // rank → hidden
  Linear decay_narrow, decay_wide;
};

struct TimeMix {
  std::array<at::Tensor, kParts>
      mix;  // [hidden], the share of the token before; Eagle's decay has none
  std::array<Linear, kParts> project;  // to the heads; none for the decay
  std::optional<TokenDependence> dependence;
  at::Tensor decay, bonus;  // [heads, head_dim]; the decay before both exponentials
  Norm norm;
  Linear out;
};

struct ChannelMix {
  at::Tensor key_mix, receptance_mix;  // [hidden]
  Linear key, receptance, value;
};

struct EagleLayer {
  Norm before, time_norm, channel_norm;  // `before` in the first layer only
  TimeMix time;
  ChannelMix channel;
};

class Eagle : public RecurrentModel {
 public:
  static Result<std::unique_ptr<CausalModel>> load(OpenedModel& model, const ComputeDevice& device);

 private:
  using RecurrentModel::RecurrentModel;
  bool finch() const { return config_.architecture == "rwkv6"; }
  Status take_layer(WeightTaker& weights, int64_t index);
  Status take_time_mix(WeightTaker& weights, const LayerNames& name, TimeMix& time);
  Status take_mixes(WeightTaker& weights, const LayerNames& name, TimeMix& time);
  Status take_dependence(WeightTaker& weights, const LayerNames& name, TokenDependence& taken);
  Status take_channel_mix(WeightTaker& weights, const LayerNames& name, ChannelMix& channel);
  // A mixing vector; Eagle stores the share of the token itself.
  Result<at::Tensor> mix(WeightTaker& weights, const std::string& name);
  at::Tensor run(at::Tensor x, const SequenceRows& rows) const override;
  std::array<at::Tensor, kParts> inputs(const at::Tensor& x, const TimeMix& time, size_t state,
                                        const SequenceRows& rows) const;
  at::Tensor mix_time(const at::Tensor& x, const TimeMix& time, size_t states,
                      const SequenceRows& rows) const;
  at::Tensor mix_channels(const at::Tensor& x, const ChannelMix& channel, size_t states,
                          const SequenceRows& rows) const;

  std::vector<EagleLayer> layers_;
};

Result<std::unique_ptr<CausalModel>> Eagle::load(OpenedModel& opened, const ComputeDevice& device) {
  std::unique_ptr<Eagle> model(new Eagle(opened.config, device));
  WeightTaker weights(opened.weights, device);
  for (int64_t i = 0; i < opened.config.layers; ++i) {
    LOOM_CHECK(model->take_layer(weights, i));
    add_rwkv_states(model->shape_.kv, opened.config);
  }
  LOOM_CHECK(model->take_outer(weights));
  return std::unique_ptr<CausalModel>(std::move(model));
}

Status Eagle::take_layer(WeightTaker& weights, int64_t index) {
  const LayerNames name(config_, "rwkv.blocks.", kNames, index);
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

// What each part of the time mix reads, [rows, hidden].
std::array<at::Tensor, kParts> Eagle::inputs(const at::Tensor& x, const TimeMix& time, size_t state,
                                             const SequenceRows& rows) const {
  at::Tensor change = change_to_before(x, state, rows);
  std::array<at::Tensor, kParts> inputs;
  if (!time.dependence) {
    for (size_t part = kKey; part < kParts; ++part) inputs[part] = x + change * time.mix[part];
    return inputs;
  }
  const TokenDependence& by_token = *time.dependence;
  at::Tensor narrow = hyperbolic_tangent(by_token.narrow(x + change * by_token.mix, rows.decode));
  const int64_t rank = narrow.size(1) / kParts;
  for (size_t part = 0; part < kParts; ++part) {
    at::Tensor mine = narrow.narrow(1, static_cast<int64_t>(part) * rank, rank);
    inputs[part] = x + change * (time.mix[part] + by_token.wide[part](mine, rows.decode));
  }
  return inputs;
}

at::Tensor Eagle::mix_time(const at::Tensor& x, const TimeMix& time, size_t states,
                           const SequenceRows& rows) const {
  const std::array<at::Tensor, kParts> from = inputs(x, time, states + kLastTimeInput, rows);
  const int64_t count = x.size(0), heads = config_.heads, width = config_.head_dim;
  auto project = [&](Part part) {
    return time.project[part](from[part], rows.decode).reshape({count, heads, width});
  };
  at::Tensor r = project(kReceptance), k = project(kKey), v = project(kValue);
  at::Tensor slowness = time.decay;
  if (time.dependence) {
    const TokenDependence& by_token = *time.dependence;
    at::Tensor narrow = hyperbolic_tangent(by_token.decay_narrow(from[kDecay], rows.decode));
    at::Tensor added = by_token.decay_wide(narrow, rows.decode).to(at::kFloat);
    slowness = slowness + added.reshape({count, heads, width});
  }
  at::Tensor decay = exponential(-exponential(slowness)).expand({count, heads, width});
  at::Tensor read = rows.each(states + kHeadState, [&](const auto& mine, at::Tensor& state) {
    return run_recurrence({mine(r), mine(k), mine(v), mine(decay), time.bonus, {}, {}}, state);
  });
  at::Tensor normed = norm_heads(read, time.norm, config_.recurrent.head_epsilon);
  at::Tensor gate = time.project[kGate](from[kGate], rows.decode);
  return time.out(swiglu(gate, normed.to(x.scalar_type())), rows.decode);
}

at::Tensor Eagle::mix_channels(const at::Tensor& x, const ChannelMix& channel, size_t states,
                               const SequenceRows& rows) const {
  at::Tensor change = change_to_before(x, states + kLastChannelInput, rows);
  at::Tensor key = at::relu(channel.key(x + change * channel.key_mix, rows.decode));
  at::Tensor receptance = channel.receptance(x + change * channel.receptance_mix, rows.decode);
  return sigmoid(receptance) * channel.value(key * key, rows.decode);
}

at::Tensor Eagle::run(at::Tensor x, const SequenceRows& rows) const {
  auto norm = [this](const at::Tensor& h, const Norm& by) {
    return layer_norm(h, by.weight, by.bias, config_.norm_epsilon);
  };
  x = norm(x, layers_[0].before);
  for (size_t i = 0; i < layers_.size(); ++i) {
    const EagleLayer& layer = layers_[i];
    x = x + mix_time(norm(x, layer.time_norm), layer.time, i * kRwkvStates, rows);
    x = x + mix_channels(norm(x, layer.channel_norm), layer.channel, i * kRwkvStates, rows);
    const auto behind = static_cast<int64_t>(i) + 1, every = config_.recurrent.halved_every;
    if (every > 0 && behind % every == 0) x = x * 0.5;
  }
  return norm(x, final_norm_);
}

// The matrices behind a layer are stored divided by 2 for every time the state is halved before it.
void read_gguf(ModelFields& fields, ModelConfig& config) {
  RecurrentSettings& sizes = config.recurrent;
  sizes.halved_every = fields.integer({"", "rescale_every_n_layers"}, 0);
  sizes.rate_rank = fields.integer({"", "time_mix_extra_dim"});
  sizes.decay_rank = fields.integer({"", "time_decay_extra_dim"});
  check_positive(fields, {{"time_mix_extra_dim", sizes.rate_rank},
                          {"time_decay_extra_dim", sizes.decay_rank}});
  fields.only({"", "token_shift_count"}, 2);
  ignore_attention_sizes(fields);
}

}  // namespace

void describe_rwkv5(ModelFields& fields, ModelConfig& config) {
  if (config.architecture == "rwkv5") refuse_gguf(fields);
  read_recurrent_sizes(fields, config);
  config.norm_bias = true;
  config.norm_epsilon = fields.number({"layer_norm_epsilon", "attention.layer_norm_epsilon"}, 1e-5);
  RecurrentSettings& sizes = config.recurrent;
  sizes.inner = fields.integer({"attention_hidden_size"}, config.hidden);
  config.head_dim = fields.integer({"head_size", "wkv.head_size"}, 64);
  config.feed_forward =
      fields.integer({"intermediate_size", "feed_forward_length"}, config.hidden * 7 / 2 / 32 * 32);
  check_positive(fields, {{"attention_hidden_size", sizes.inner},
                          {"head_size", config.head_dim},
                          {"intermediate_size", config.feed_forward}});
  if (config.head_dim > 0) config.heads = sizes.inner / config.head_dim;
  if (config.heads * config.head_dim != sizes.inner)
    fields.fail(ErrorKind::corrupt, "attention_hidden_size is not a multiple of head_size");
  // The reference divides what is normed by this number.
  double divisor = fields.number({"head_size_divisor"}, 8);
  sizes.head_epsilon = 1e-5 * divisor * divisor;
  fields.only({"model_version"}, config.architecture == "rwkv5" ? "5_2" : "6_0");
  // Halving now and then serves fp16 alone; heads follow from the sizes.
  for (const char* name : {"rescale_every", "num_attention_heads", "context_length"})
    fields.ignore({name});
  read_tied_head(fields, config, false);
  if (config.gguf) return read_gguf(fields, config);
  config.names.embedding = "rwkv.embeddings";
  config.names.final_norm = "rwkv.ln_out";
  config.names.head = "head";
}

Result<std::unique_ptr<CausalModel>> load_rwkv5(OpenedModel& model, const ComputeDevice& device) {
  return Eagle::load(model, device);
}

}  // namespace loom
