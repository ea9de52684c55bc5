// A decoder's tensors, taken by the names and features of its ModelConfig. Fused matrices are split
// and interleaved rotary rows are put in order here, so that the layers see one form only.
#pragma once

#include "core/engine/operations.h"
#include "core/models/model_config.h"

namespace loom {

struct Linear {
  at::Tensor weight, bias;  // [out, in] as stored; the bias may be missing
  WeightType blocks = WeightType::f32;  // of a weight in quantised blocks
  // x [rows, in] → [rows, out]
  at::Tensor operator()(const at::Tensor& x, bool decode) const;
  operator Factor() const { return {weight, bias, blocks}; }
};

struct Norm {
  at::Tensor weight, bias;  // undefined: this place has no norm
};

struct FeedForward {
  Linear gate, up, down;
};

struct LatentProjections {
  Linear q_a, q_b;  // without the narrow step q_b reads the hidden state
  Linear kv_a;      // hidden → the latent vector and the turning key
  Norm q_a_norm, kv_a_norm;
  std::vector<at::Tensor> key_up, value_up;  // per head [rank, plain] and [value, rank]
};

struct DecoderLayer {
  Norm attention_norm, attention_post_norm, feed_forward_norm, feed_forward_post_norm, q_norm, k_norm;
  Linear q, k, v, o;
  FeedForward feed_forward;
  std::optional<LatentProjections> latent;  // instead of q, k and v
  Linear router;
  at::Tensor router_bias;            // fp32 [experts] on the CPU, where choices are corrected
  std::vector<FeedForward> experts;  // instead of feed_forward where not empty
  std::optional<FeedForward> shared;
};

struct DecoderWeights {
  Linear embedding;
  Linear head;
  Norm final_norm;
  std::vector<DecoderLayer> layers;
  std::vector<at::Device> devices;  // of each layer, where they differ; the head is on the last
  uint64_t bytes = 0;  // as held in memory
};

// Completes `config` where a container keeps rotary divisors among the tensors. Missing, unused and
// misshapen tensors are errors that name the tensor.
Result<DecoderWeights> load_decoder_weights(Weights& weights, ModelConfig& config, const ComputeDevice& device);

}  // namespace loom
