#include "core/models/llama.h"

#include <ATen/TensorOperators.h>
#include <ATen/ops/from_blob.h>
#include <ATen/ops/index_select.h>
#include <ATen/ops/tensor.h>

#include <cmath>

#include "core/engine/attention.h"
#include "core/engine/operations.h"

namespace loom {
namespace {

struct LlamaLayer {
  at::Tensor attention_norm, q, k, v, o, q_bias, k_bias, v_bias, o_bias;
  at::Tensor feed_forward_norm, gate, up, down, gate_bias, up_bias, down_bias;
};

// Names of one weight in both conventions.
struct Names {
  std::string gguf, hugging_face;
};

class Llama : public CausalModel {
 public:
  Llama(ModelConfig config, ComputeDevice device) : config_(std::move(config)), device_(std::move(device)) {}
  Status load(Weights& weights);

  const ModelShape& shape() const override { return shape_; }
  const ComputeDevice& device() const override { return device_; }
  at::Tensor prefill(std::span<const TokenId> ids, KvSequence& sequence) const override;
  at::Tensor decode(std::span<const TokenId> ids, std::span<KvSequence* const> sequences) const override;
  at::Tensor logits(const at::Tensor& hidden) const override;

 private:
  Result<at::Tensor> take(Weights& weights, const Names& names, std::vector<int64_t> shape);
  Result<at::Tensor> take_rotary(Weights& weights, const Names& names, std::vector<int64_t> shape, int64_t heads);
  Status load_layer(Weights& weights, int64_t index);
  Status load_biases(Weights& weights, int64_t index, LlamaLayer& layer);
  at::Tensor embed(std::span<const TokenId> ids) const;
  template <typename Attend>
  at::Tensor run(std::span<const TokenId> ids, const std::vector<int64_t>& positions, bool decode, Attend attend) const;

  ModelConfig config_;
  ComputeDevice device_;
  ModelShape shape_;
  std::vector<float> frequencies_;
  at::Tensor embedding_, head_, final_norm_;
  std::vector<LlamaLayer> layers_;
};

Result<at::Tensor> Llama::take(Weights& weights, const Names& names, std::vector<int64_t> shape) {
  LOOM_TRY(at::Tensor tensor, weights.take(config_.gguf ? names.gguf : names.hugging_face, shape, device_));
  shape_.weight_bytes += tensor.nbytes();
  return tensor;
}

// GGUF stores the rotary rows of a head as pairs (0, 1), (2, 3), …; we rotate i with i + d/2.
Result<at::Tensor> Llama::take_rotary(Weights& weights, const Names& names, std::vector<int64_t> shape, int64_t heads) {
  LOOM_TRY(at::Tensor tensor, take(weights, names, shape));
  if (!config_.gguf) return tensor;
  int64_t half = config_.head_dim / 2, columns = shape.size() > 1 ? shape[1] : 1;
  return tensor.reshape({heads, half, 2, columns}).transpose(1, 2).reshape(shape).contiguous();
}

Status Llama::load_biases(Weights& weights, int64_t index, LlamaLayer& layer) {
  std::string g = "blk." + std::to_string(index) + ".", h = "model.layers." + std::to_string(index) + ".";
  int64_t q_size = config_.heads * config_.head_dim, kv_size = config_.kv_heads * config_.head_dim;
  if (config_.attention_bias) {
    LOOM_TRY(layer.q_bias, take_rotary(weights, {g + "attn_q.bias", h + "self_attn.q_proj.bias"}, {q_size}, config_.heads));
    LOOM_TRY(layer.k_bias, take_rotary(weights, {g + "attn_k.bias", h + "self_attn.k_proj.bias"}, {kv_size}, config_.kv_heads));
    LOOM_TRY(layer.v_bias, take(weights, {g + "attn_v.bias", h + "self_attn.v_proj.bias"}, {kv_size}));
    Names o = {g + "attn_output.bias", h + "self_attn.o_proj.bias"};
    if (weights.has(config_.gguf ? o.gguf : o.hugging_face)) {
      LOOM_TRY(layer.o_bias, take(weights, o, {config_.hidden}));
    }
  }
  if (config_.mlp_bias) {
    LOOM_TRY(layer.gate_bias, take(weights, {g + "ffn_gate.bias", h + "mlp.gate_proj.bias"}, {config_.feed_forward}));
    LOOM_TRY(layer.up_bias, take(weights, {g + "ffn_up.bias", h + "mlp.up_proj.bias"}, {config_.feed_forward}));
    LOOM_TRY(layer.down_bias, take(weights, {g + "ffn_down.bias", h + "mlp.down_proj.bias"}, {config_.hidden}));
  }
  return {};
}

Status Llama::load_layer(Weights& weights, int64_t index) {
  std::string g = "blk." + std::to_string(index) + ".", h = "model.layers." + std::to_string(index) + ".";
  int64_t hidden = config_.hidden, q_size = config_.heads * config_.head_dim, kv_size = config_.kv_heads * config_.head_dim;
  LlamaLayer layer;
  LOOM_TRY(layer.attention_norm, take(weights, {g + "attn_norm.weight", h + "input_layernorm.weight"}, {hidden}));
  LOOM_TRY(layer.q, take_rotary(weights, {g + "attn_q.weight", h + "self_attn.q_proj.weight"}, {q_size, hidden}, config_.heads));
  LOOM_TRY(layer.k, take_rotary(weights, {g + "attn_k.weight", h + "self_attn.k_proj.weight"}, {kv_size, hidden}, config_.kv_heads));
  LOOM_TRY(layer.v, take(weights, {g + "attn_v.weight", h + "self_attn.v_proj.weight"}, {kv_size, hidden}));
  LOOM_TRY(layer.o, take(weights, {g + "attn_output.weight", h + "self_attn.o_proj.weight"}, {hidden, q_size}));
  LOOM_TRY(layer.feed_forward_norm, take(weights, {g + "ffn_norm.weight", h + "post_attention_layernorm.weight"}, {hidden}));
  LOOM_TRY(layer.gate, take(weights, {g + "ffn_gate.weight", h + "mlp.gate_proj.weight"}, {config_.feed_forward, hidden}));
  LOOM_TRY(layer.up, take(weights, {g + "ffn_up.weight", h + "mlp.up_proj.weight"}, {config_.feed_forward, hidden}));
  LOOM_TRY(layer.down, take(weights, {g + "ffn_down.weight", h + "mlp.down_proj.weight"}, {hidden, config_.feed_forward}));
  LOOM_CHECK(load_biases(weights, index, layer));
  // Older files carry the reference's buffer of frequencies, which is not a weight.
  weights.ignore(h + "self_attn.rotary_emb.inv_freq");
  layers_.push_back(std::move(layer));
  return {};
}

Status Llama::load(Weights& weights) {
  int64_t hidden = config_.hidden;
  LOOM_TRY(embedding_, take(weights, {"token_embd.weight", "model.embed_tokens.weight"}, {config_.vocabulary, hidden}));
  LOOM_TRY(final_norm_, take(weights, {"output_norm.weight", "model.norm.weight"}, {hidden}));
  Names head = {"output.weight", "lm_head.weight"};
  if (config_.tied_head) {
    head_ = embedding_;
    // Some files store the tied head a second time.
    weights.ignore(head.hugging_face);
  } else {
    LOOM_TRY(head_, take(weights, head, {config_.vocabulary, hidden}));
  }
  if (config_.gguf && weights.has("rope_freqs.weight")) {
    LOOM_TRY(at::Tensor divisors, weights.take_fp32("rope_freqs.weight", {config_.rope.dimensions / 2}));
    const float* data = divisors.const_data_ptr<float>();
    config_.rope.divisors.assign(data, data + divisors.numel());
  }
  for (int64_t i = 0; i < config_.layers; ++i) LOOM_CHECK(load_layer(weights, i));
  LOOM_CHECK(weights.finish());
  frequencies_ = rope_frequencies(config_.rope);
  shape_.architecture = config_.architecture;
  shape_.vocabulary = config_.vocabulary;
  shape_.hidden = hidden;
  shape_.window_tokens = config_.window_tokens;
  shape_.kv = {config_.layers, config_.kv_heads, config_.head_dim};
  return {};
}

at::Tensor Llama::embed(std::span<const TokenId> ids) const {
  std::vector<int64_t> wide(ids.begin(), ids.end());
  at::Tensor index = at::tensor(wide, at::kLong).to(device_.device);
  return at::index_select(embedding_, 0, index);
}

// The layers; `attend(layer, q, k, v)` stores k and v [rows, kv_heads, d] and returns the attention
// of q [rows, heads, d].
template <typename Attend>
at::Tensor Llama::run(std::span<const TokenId> ids, const std::vector<int64_t>& positions, bool decode,
                      Attend attend) const {
  auto rows = static_cast<int64_t>(ids.size());
  at::Tensor x = embed(ids);
  RopeTable table = rope_table(frequencies_, positions);
  for (int64_t i = 0; i < config_.layers; ++i) {
    const LlamaLayer& layer = layers_[static_cast<size_t>(i)];
    at::Tensor h = rms_norm(x, layer.attention_norm, config_.norm_epsilon);
    at::Tensor q = linear(h, layer.q, layer.q_bias, decode).reshape({rows, config_.heads, config_.head_dim});
    at::Tensor k = linear(h, layer.k, layer.k_bias, decode).reshape({rows, config_.kv_heads, config_.head_dim});
    at::Tensor v = linear(h, layer.v, layer.v_bias, decode).reshape({rows, config_.kv_heads, config_.head_dim});
    apply_rope(q, table);
    apply_rope(k, table);
    at::Tensor attended = attend(i, q, k, v).reshape({rows, config_.heads * config_.head_dim});
    x = x + linear(attended, layer.o, layer.o_bias, decode);
    h = rms_norm(x, layer.feed_forward_norm, config_.norm_epsilon);
    at::Tensor gated = swiglu(linear(h, layer.gate, layer.gate_bias, decode), linear(h, layer.up, layer.up_bias, decode));
    x = x + linear(gated, layer.down, layer.down_bias, decode);
  }
  return rms_norm(x, final_norm_, config_.norm_epsilon);
}

at::Tensor Llama::prefill(std::span<const TokenId> ids, KvSequence& sequence) const {
  std::vector<int64_t> positions(ids.size());
  for (size_t i = 0; i < ids.size(); ++i) positions[i] = sequence.next_position() + static_cast<int64_t>(i);
  sequence.reserve(static_cast<int64_t>(ids.size()));
  double scale = 1 / std::sqrt(static_cast<double>(config_.head_dim));
  return run(ids, positions, false, [&](int64_t layer, const at::Tensor& q, const at::Tensor& k, const at::Tensor& v) {
    sequence.write(layer, k, v);
    return attend_chunk(q, sequence, layer, scale);
  });
}

at::Tensor Llama::decode(std::span<const TokenId> ids, std::span<KvSequence* const> sequences) const {
  std::vector<int64_t> positions;
  for (KvSequence* sequence : sequences) {
    positions.push_back(sequence->next_position());
    sequence->reserve(1);
  }
  double scale = 1 / std::sqrt(static_cast<double>(config_.head_dim));
  return run(ids, positions, true, [&](int64_t layer, const at::Tensor& q, const at::Tensor& k, const at::Tensor& v) {
    for (size_t r = 0; r < sequences.size(); ++r) {
      auto row = static_cast<int64_t>(r);
      sequences[r]->write(layer, k.narrow(0, row, 1), v.narrow(0, row, 1));
    }
    return attend_step(q, sequences, layer, scale);
  });
}

at::Tensor Llama::logits(const at::Tensor& hidden) const {
  return linear(hidden, head_, {}, hidden.size(0) <= 64).to(at::kCPU, at::kFloat);
}

}  // namespace

Result<std::unique_ptr<CausalModel>> load_llama(OpenedModel& model, const ComputeDevice& device) {
  auto llama = std::make_unique<Llama>(model.config, device);
  LOOM_CHECK(llama->load(model.weights));
  return std::unique_ptr<CausalModel>(std::move(llama));
}

}  // namespace loom
