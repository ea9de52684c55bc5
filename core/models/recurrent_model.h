// Models whose layers keep states of a fixed size instead of keys and values: what they share, from
// the embedding to the logits.
#pragma once

#include <functional>

#include "core/engine/causal_model.h"
#include "core/models/weight_taker.h"

namespace loom {

// The rows at hand: those of one sequence (prefill), or one of each of several (decode).
struct SequenceRows {
  std::span<KvSequence* const> sequences;
  bool decode = false;

  // The rows of `all` that belong to the sequence at hand.
  using Cut = std::function<at::Tensor(const at::Tensor& all)>;
  // Runs a part of a layer that looks back, sequence by sequence, and joins its rows again.
  at::Tensor each(size_t state,
                  const std::function<at::Tensor(const Cut& mine, at::Tensor& state)>& part) const;
};

class RecurrentModel : public CausalModel {
 public:
  RecurrentModel(const ModelConfig& config, const ComputeDevice& device);
  // `model` with all that it takes out of `stored`, layer by layer, each on its device.
  static Result<std::unique_ptr<CausalModel>> loaded(std::unique_ptr<RecurrentModel> model,
                                                     Weights& stored);
  const ModelShape& shape() const override { return shape_; }
  const ComputeDevice& device() const override { return device_; }
  at::Tensor prefill(std::span<const TokenId> ids, KvSequence& sequence) const override;
  at::Tensor decode(std::span<const TokenId> ids,
                    std::span<KvSequence* const> sequences) const override;
  at::Tensor logits(const at::Tensor& hidden) const override;

 protected:
  // A layer's tensors. Its states are those that its architecture's line of the table tells.
  virtual Status take_layer(WeightTaker& weights, int64_t index) = 0;
  // Embedded rows [rows, hidden] → the same behind the last norm.
  virtual at::Tensor run(at::Tensor x, const SequenceRows& rows) const = 0;
  // x where the layer's weights and states are.
  at::Tensor at_layer(const at::Tensor& x, size_t layer) const;

  ModelConfig config_;
  ComputeDevice device_;  // the first, where ids become rows
  ModelShape shape_;
  Norm final_norm_;

 private:
  Status take(Weights& stored);
  Status take_head(WeightTaker& weights, at::Device device);
  at::Tensor embed(std::span<const TokenId> ids) const;
  Linear embedding_, head_;
};

// name.weight [channels, 1, taps], without the 1 in GGUF files, as [taps, channels], and name.bias
// where the sizes say so.
Status take_convolution(WeightTaker& weights, const std::string& name, int64_t channels,
                        const ModelConfig& config, at::Tensor& weight, at::Tensor& bias);
// Sizes that every such model has. There is no window: a state is as large whatever it has seen.
void read_recurrent_sizes(ModelFields& fields, ModelConfig& config);
// GGUF files give these models numbers that only attention has a use for.
void ignore_attention_sizes(ModelFields& fields);
// For architectures that no GGUF file holds.
void refuse_gguf(ModelFields& fields);
// An error unless each is a sensible size.
void check_positive(ModelFields& fields,
                    std::initializer_list<std::pair<const char*, int64_t>> sizes);

}  // namespace loom
