#include "core/models/recurrent_model.h"

#include <ATen/ops/cat.h>
#include <ATen/ops/tensor.h>

#include "core/engine/operations.h"
#include "core/models/describe_model.h"
#include "core/models/layer_placement.h"

namespace loom {

at::Tensor SequenceRows::each(
    size_t state, const std::function<at::Tensor(const Cut& mine, at::Tensor& state)>& part) const {
  if (!decode) return part([](const at::Tensor& all) { return all; }, sequences[0]->state(state));
  std::vector<at::Tensor> rows;
  for (size_t r = 0; r < sequences.size(); ++r) {
    auto row = static_cast<int64_t>(r);
    rows.push_back(part([row](const at::Tensor& all) { return all.narrow(0, row, 1); },
                        sequences[r]->state(state)));
  }
  return rows.size() == 1 ? rows[0] : at::cat(rows);
}

RecurrentModel::RecurrentModel(const ModelConfig& config, const ComputeDevice& device)
    : config_(config), device_(device) {
  shape_.architecture = config.architecture;
  shape_.vocabulary = config.vocabulary;
  shape_.hidden = config.hidden;
  shape_.window_tokens = config.window_tokens;
}

Result<std::unique_ptr<CausalModel>> RecurrentModel::loaded(std::unique_ptr<RecurrentModel> model,
                                                            Weights& stored) {
  LOOM_CHECK(model->take(stored));
  return std::unique_ptr<CausalModel>(std::move(model));
}

// The embedding stays on the first device, norm and head go with the last layer.
Status RecurrentModel::take(Weights& stored) {
  KvShape& kv = shape_.kv;
  LOOM_TRY(kv.devices, devices_of_layers(config_.layers, stored, device_));
  kv.states = recurrent_states(config_);
  const size_t per_layer = kv.states.size() / static_cast<size_t>(config_.layers);
  ComputeDevice place = device_;
  WeightTaker weights(stored, place);
  LOOM_TRY(embedding_, weights.linear(config_.names.embedding, config_.vocabulary, config_.hidden));
  for (int64_t i = 0; i < config_.layers; ++i) {
    place.device = kv.device_of(i, device_.device);
    LOOM_CHECK(take_layer(weights, i));
    if (!kv.devices.empty())
      kv.state_devices.resize(kv.state_devices.size() + per_layer, place.device);
  }
  LOOM_CHECK(take_head(weights, place.device));
  shape_.weight_bytes = weights.bytes();
  return stored.finish();
}

Status RecurrentModel::take_head(WeightTaker& weights, at::Device device) {
  const WeightNames& names = config_.names;
  LOOM_TRY(final_norm_, weights.norm(names.final_norm, config_.hidden, config_.norm_bias));
  if (!config_.tied_head) {
    LOOM_TRY(head_, weights.linear(names.head, config_.vocabulary, config_.hidden));
    return {};
  }
  head_ = embedding_;
  if (device != device_.device) head_.weight = head_.weight.to(device);
  // Some files store the tied head a second time.
  weights.stored().ignore(names.head + ".weight");
  return {};
}

at::Tensor RecurrentModel::at_layer(const at::Tensor& x, size_t layer) const {
  return x.to(shape_.kv.device_of(static_cast<int64_t>(layer), device_.device));
}

at::Tensor RecurrentModel::embed(std::span<const TokenId> ids) const {
  std::vector<int64_t> wide(ids.begin(), ids.end());
  return rows_of(embedding_.weight, at::tensor(wide, at::kLong).to(device_.device),
                 embedding_.blocks);
}

at::Tensor RecurrentModel::prefill(std::span<const TokenId> ids, KvSequence& sequence) const {
  sequence.reserve(static_cast<int64_t>(ids.size()));
  KvSequence* one[] = {&sequence};
  return run(embed(ids), {one, false});
}

at::Tensor RecurrentModel::decode(std::span<const TokenId> ids,
                                  std::span<KvSequence* const> sequences) const {
  for (KvSequence* sequence : sequences) sequence->reserve(1);
  return run(embed(ids), {sequences, true});
}

at::Tensor RecurrentModel::logits(const at::Tensor& hidden) const {
  return linear_fp32(hidden, head_.weight, hidden.size(0) <= 64, head_.blocks);
}

Status take_convolution(WeightTaker& weights, const std::string& name, int64_t channels,
                        const ModelConfig& config, at::Tensor& weight, at::Tensor& bias) {
  const RecurrentSettings& sizes = config.recurrent;
  using Shape = std::vector<int64_t>;
  const Shape shape = config.gguf ? Shape{channels, sizes.taps} : Shape{channels, 1, sizes.taps};
  LOOM_TRY(const at::Tensor taps, weights.numbers(name + ".weight", shape));
  weight = taps.reshape({channels, sizes.taps}).transpose(0, 1).contiguous();
  if (sizes.convolution_bias) {
    LOOM_TRY(bias, weights.numbers(name + ".bias", {channels}));
  }
  return {};
}

void read_recurrent_sizes(ModelFields& fields, ModelConfig& config) {
  config.layers = fields.integer({"num_hidden_layers", "block_count"});
  config.hidden = fields.integer({"hidden_size", "embedding_length"});
  config.vocabulary = fields.integer({"vocab_size", "vocab_size"});
  config.window_tokens = int64_t{1} << 24;
  check_positive(fields, {{"num_hidden_layers", config.layers},
                          {"hidden_size", config.hidden},
                          {"vocab_size", config.vocabulary}});
}

void ignore_attention_sizes(ModelFields& fields) {
  for (const char* name : {"context_length", "attention.head_count", "attention.head_count_kv"})
    fields.ignore({"", name});
}

void refuse_gguf(ModelFields& fields) {
  if (fields.gguf())
    fields.fail(ErrorKind::unsupported,
                "is a GGUF file; models of this architecture are read from Hugging Face folders");
}

void check_positive(ModelFields& fields,
                    std::initializer_list<std::pair<const char*, int64_t>> sizes) {
  for (auto [name, value] : sizes)
    if (value <= 0 || value > 1 << 24)
      fields.fail(ErrorKind::corrupt,
                  std::string("the field ") + name + " gives " + std::to_string(value));
}

}  // namespace loom
