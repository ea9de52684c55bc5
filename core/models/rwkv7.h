// RWKV-7 "Goose" (Peng et al. 2025, arXiv 2503.14456): a token replaces what its key finds in the
// state, by a rate per key; values of the first layer reach all others.
#pragma once

#include <array>

#include "core/models/part_names.h"
#include "core/models/rwkv.h"

namespace loom::goose {

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
  using RecurrentModel::RecurrentModel;

 private:
  Status take_layer(WeightTaker& weights, int64_t index) override;
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

}  // namespace loom::goose
