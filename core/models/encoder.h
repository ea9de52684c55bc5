// BERT-type encoders (Devlin et al. 2019, arXiv 1810.04805; RoBERTa, arXiv 1907.11692): every token
// sees every other, norms stand behind the blocks. They give hidden states, no text.
#pragma once

#include "core/engine/causal_model.h"
#include "core/models/decoder_weights.h"

namespace loom {

struct EncoderLayer {
  Linear q, k, v, o, up, down;
  Norm attention_norm, feed_forward_norm;
};

class Encoder {
 public:
  static Result<std::unique_ptr<Encoder>> load(OpenedModel& model, const ComputeDevice& device);

  const ModelShape& shape() const { return shape_; }
  const ComputeDevice& device() const { return device_; }
  int64_t layers() const { return config_.layers; }
  // Hidden states of one text, [ids, hidden] each: of the embeddings, then behind each of the first
  // `layers` layers. At most window_tokens ids.
  std::vector<at::Tensor> hidden_states(std::span<const TokenId> ids, int64_t layers) const;

 private:
  Encoder(ModelConfig config, ComputeDevice device);
  Status take(Weights& weights);
  Status take_layer(Weights& weights, int64_t index);
  Result<Linear> linear_of(Weights& weights, const std::string& name, int64_t out, int64_t in);
  Status norm_of(Weights& weights, const std::string& name, Norm& norm);
  at::Tensor layer(const at::Tensor& x, const EncoderLayer& layer) const;
  at::Tensor norm(const at::Tensor& x, const Norm& norm) const;

  ModelConfig config_;
  ComputeDevice device_;
  ModelShape shape_;
  std::string prefix_;  // before every tensor's name
  at::Tensor words_, positions_, kind_;
  Norm embedding_norm_;
  std::vector<EncoderLayer> layers_;
};

}  // namespace loom
