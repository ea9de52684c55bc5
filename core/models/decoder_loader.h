// Takes a decoder's tensors layer by layer, each on the layer's device, in the order of its parts.
#pragma once

#include "core/models/weight_taker.h"

namespace loom {

class DecoderLoader {
 public:
  DecoderLoader(Weights& weights, ModelConfig& config, const ComputeDevice& device)
      : weights_(weights),
        config_(config),
        names_(config.names),
        device_(device),
        taker_(weights, device_) {}
  Result<DecoderWeights> load();

 private:
  Status norm(const std::string& name, int64_t size, Norm& norm);
  at::Tensor in_order(const at::Tensor& rows, int64_t heads) const;
  Linear rotary(Linear projection, int64_t heads) const;
  Status attention(const std::string& prefix, DecoderLayer& layer);
  Status latent(const std::string& prefix, DecoderLayer& layer);
  Status latent_queries(const std::string& prefix, LatentProjections& layer);
  Status key_and_value_up(const std::string& prefix, LatentProjections& layer);
  Status gated_pair(const std::string& prefix, FeedForward& block);
  Status feed_forward(const std::string& prefix, FeedForward& block);
  Status shared_expert(const std::string& prefix, FeedForward& block);
  Status experts(const std::string& prefix, DecoderLayer& layer);
  Result<std::vector<Linear>> expert_parts(const std::string& name, int64_t out, int64_t in);
  Status layer(int64_t index);
  Status rotary_divisors();

  Weights& weights_;
  ModelConfig& config_;
  const WeightNames& names_;
  ComputeDevice device_;  // of what is being loaded
  WeightTaker taker_;     // for that device
  DecoderWeights result_;
};

}  // namespace loom
