#include "core/models/rwkv5.h"

#include <ATen/TensorOperators.h>
#include <ATen/ops/relu.h>

#include "core/engine/operations.h"
#include "core/engine/pointwise.h"
#include "core/engine/recurrence.h"
#include "core/models/architectures.h"

namespace loom {
namespace eagle {

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
  x = norm(at_layer(x, 0), layers_[0].before);
  for (size_t i = 0; i < layers_.size(); ++i) {
    const EagleLayer& layer = layers_[i];
    x = at_layer(x, i);
    x = x + mix_time(norm(x, layer.time_norm), layer.time, i * kRwkvStates, rows);
    x = x + mix_channels(norm(x, layer.channel_norm), layer.channel, i * kRwkvStates, rows);
    const auto behind = static_cast<int64_t>(i) + 1, every = config_.recurrent.halved_every;
    if (every > 0 && behind % every == 0) x = x * 0.5;
  }
  return norm(x, final_norm_);
}

}  // namespace eagle

Result<std::unique_ptr<CausalModel>> load_rwkv5(OpenedModel& model, const ComputeDevice& device) {
  return RecurrentModel::loaded(std::make_unique<eagle::Eagle>(model.config, device),
                                model.weights);
}

}  // namespace loom
