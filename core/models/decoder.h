// The decoder-only transformer that every architecture of core/models is a composition of:
// normed, rotary, grouped-query attention and a feed-forward block per layer, with the features
// that a ModelConfig lists.
#pragma once

#include "core/engine/attention.h"
#include "core/engine/causal_model.h"
#include "core/models/decoder_weights.h"

namespace loom {

class Decoder : public CausalModel {
 public:
  Decoder(ModelConfig config, DecoderWeights weights, ComputeDevice device);

  const ModelShape& shape() const override { return shape_; }
  const ComputeDevice& device() const override { return device_; }
  at::Tensor prefill(std::span<const TokenId> ids, KvSequence& sequence) const override;
  at::Tensor decode(std::span<const TokenId> ids, std::span<KvSequence* const> sequences) const override;
  at::Tensor logits(const at::Tensor& hidden) const override;
  int64_t variant(int64_t prompt_tokens) const override;
  bool restarts_at(int64_t tokens) const override;

 private:
  struct Step;  // what the layers need to know of the rows at hand
  at::Tensor embed(std::span<const TokenId> ids) const;
  at::Tensor norm(const at::Tensor& x, const Norm& norm) const;
  std::vector<RopeTable> tables(const std::vector<int64_t>& positions, const std::vector<int64_t>& lengths) const;
  at::Tensor attention(const at::Tensor& h, int64_t index, const Step& step) const;
  at::Tensor block(const at::Tensor& h, int64_t index, const Step& step) const;
  at::Tensor run(std::span<const TokenId> ids, const Step& step) const;
  at::Tensor decode_rows(std::span<const TokenId> ids, std::span<KvSequence* const> sequences, size_t rows) const;

  ModelConfig config_;
  DecoderWeights weights_;
  ComputeDevice device_;
  ModelShape shape_;
};

Result<std::unique_ptr<CausalModel>> load_decoder(OpenedModel& model, const ComputeDevice& device);

}  // namespace loom
