// RWKV-5 "Eagle" and RWKV-6 "Finch" (Peng et al. 2024, arXiv 2404.05892): heads with one decay per
// key and a bonus for the token at hand. In Finch the decay, and how a token is mixed with the one
// before it, depend on the token.
#pragma once

#include <array>

#include "core/models/part_names.h"
#include "core/models/rwkv.h"

namespace loom::eagle {

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
  using RecurrentModel::RecurrentModel;

 private:
  bool finch() const { return config_.architecture == "rwkv6"; }
  Status take_layer(WeightTaker& weights, int64_t index) override;
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

}  // namespace loom::eagle
