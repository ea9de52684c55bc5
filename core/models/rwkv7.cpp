#include "core/models/rwkv7.h"

#include <ATen/TensorOperators.h>
#include <ATen/ops/clamp.h>
#include <ATen/ops/relu.h>
#include <ATen/ops/sqrt.h>

#include <cmath>

#include "core/engine/operations.h"
#include "core/engine/pointwise.h"
#include "core/engine/recurrence.h"
#include "core/models/architectures.h"

namespace loom {
namespace goose {

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
  x = norm(at_layer(x, 0), layers_[0].before);
  at::Tensor first_value;
  for (size_t i = 0; i < layers_.size(); ++i) {
    x = at_layer(x, i);
    if (i > 0) first_value = at_layer(first_value, i);
    x = x + mix_time(norm(x, layers_[i].time_norm), i, first_value, rows);
    x = x + mix_channels(norm(x, layers_[i].channel_norm), i, rows);
  }
  return norm(x, final_norm_);
}

}  // namespace goose

Result<std::unique_ptr<CausalModel>> load_rwkv7(OpenedModel& model, const ComputeDevice& device) {
  return RecurrentModel::loaded(std::make_unique<goose::Goose>(model.config, device),
                                model.weights);
}

}  // namespace loom
