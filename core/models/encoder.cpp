#include "core/models/encoder.h"

#include <ATen/TensorOperators.h>
#include <ATen/ops/gelu.h>
#include <ATen/ops/index_select.h>
#include <ATen/ops/matmul.h>
#include <ATen/ops/softmax.h>
#include <ATen/ops/tensor.h>

#include <cmath>

#include "core/engine/operations.h"
#include "core/models/all_models.h"
#include "core/models/part_names.h"

namespace loom {
namespace {

constexpr PartName kOuterParts[] = {
    {"embeddings.word_embeddings", "token_embd"},
    {"embeddings.position_embeddings", "position_embd"},
    {"embeddings.token_type_embeddings", "token_types"},
    {"embeddings.LayerNorm", "token_embd_norm"},
};

constexpr PartName kLayerParts[] = {
    {"attention.self.query", "attn_q"},
    {"attention.self.key", "attn_k"},
    {"attention.self.value", "attn_v"},
    {"attention.output.dense", "attn_output"},
    {"attention.output.LayerNorm", "attn_output_norm"},
    {"intermediate.dense", "ffn_up"},
    {"output.dense", "ffn_down"},
    {"output.LayerNorm", "layer_output_norm"},
};

// Heads that guess words or judge sentences are stored beside the encoder and not needed for it.
void ignore_heads(Weights& weights, const std::string& prefix) {
  for (const char* name : {"embeddings.position_ids", "embeddings.token_type_ids",
                           "pooler.dense.weight", "pooler.dense.bias"})
    weights.ignore(prefix + name);
  for (const char* name :
       {"cls.predictions.bias", "cls.predictions.transform.dense.weight",
        "cls.predictions.transform.dense.bias", "cls.predictions.transform.LayerNorm.weight",
        "cls.predictions.transform.LayerNorm.bias", "cls.predictions.transform.LayerNorm.gamma",
        "cls.predictions.transform.LayerNorm.beta", "cls.predictions.decoder.weight",
        "cls.predictions.decoder.bias", "cls.seq_relationship.weight", "cls.seq_relationship.bias",
        "lm_head.bias", "lm_head.dense.weight", "lm_head.dense.bias", "lm_head.layer_norm.weight",
        "lm_head.layer_norm.bias", "lm_head.decoder.weight", "lm_head.decoder.bias"})
    weights.ignore(name);
}

}  // namespace

Encoder::Encoder(ModelConfig config, ComputeDevice device)
    : config_(std::move(config)), device_(std::move(device)) {
  shape_.architecture = config_.architecture;
  shape_.vocabulary = config_.vocabulary;
  shape_.hidden = config_.hidden;
  shape_.window_tokens = config_.window_tokens - config_.encoder.first_position;
}

Result<Linear> Encoder::linear_of(Weights& weights, const std::string& name, int64_t out,
                                  int64_t in) {
  Linear result;
  LOOM_TRY(result.weight, weights.take(prefix_ + name + ".weight", {out, in}, device_));
  LOOM_TRY(result.bias, weights.take(prefix_ + name + ".bias", {out}, device_));
  shape_.weight_bytes += result.weight.nbytes() + result.bias.nbytes();
  return result;
}

Status Encoder::norm_of(Weights& weights, const std::string& name, Norm& norm) {
  // The first checkpoints spell a norm's weight and bias in another way.
  bool old = weights.has(prefix_ + name + ".gamma");
  const std::vector<int64_t> size = {config_.hidden};
  LOOM_TRY(norm.weight, weights.take(prefix_ + name + (old ? ".gamma" : ".weight"), size, device_));
  LOOM_TRY(norm.bias, weights.take(prefix_ + name + (old ? ".beta" : ".bias"), size, device_));
  shape_.weight_bytes += norm.weight.nbytes() + norm.bias.nbytes();
  return {};
}

Status Encoder::take_layer(Weights& weights, int64_t index) {
  const LayerNames at(config_, "encoder.layer.", kLayerParts, index);
  int64_t hidden = config_.hidden, inner = config_.feed_forward;
  EncoderLayer layer;
  LOOM_TRY(layer.q, linear_of(weights, at("attention.self.query"), hidden, hidden));
  LOOM_TRY(layer.k, linear_of(weights, at("attention.self.key"), hidden, hidden));
  LOOM_TRY(layer.v, linear_of(weights, at("attention.self.value"), hidden, hidden));
  LOOM_TRY(layer.o, linear_of(weights, at("attention.output.dense"), hidden, hidden));
  LOOM_TRY(layer.up, linear_of(weights, at("intermediate.dense"), inner, hidden));
  LOOM_TRY(layer.down, linear_of(weights, at("output.dense"), hidden, inner));
  LOOM_CHECK(norm_of(weights, at("attention.output.LayerNorm"), layer.attention_norm));
  LOOM_CHECK(norm_of(weights, at("output.LayerNorm"), layer.feed_forward_norm));
  layers_.push_back(std::move(layer));
  return {};
}

Status Encoder::take(Weights& weights) {
  for (const char* prefix : {"bert.", "roberta."})
    if (weights.has(std::string(prefix) + "embeddings.word_embeddings.weight")) prefix_ = prefix;
  auto outer = [&](const char* part) {
    const std::string name = std::string("embeddings.") + part;
    return config_.gguf ? gguf_name(kOuterParts, name) : name;
  };
  auto table = [&](const char* part, int64_t rows) {
    return weights.take(prefix_ + outer(part) + ".weight", {rows, config_.hidden}, device_);
  };
  LOOM_TRY(words_, table("word_embeddings", config_.vocabulary));
  LOOM_TRY(positions_, table("position_embeddings", config_.window_tokens));
  LOOM_TRY(const at::Tensor kinds, table("token_type_embeddings", config_.encoder.token_kinds));
  kind_ = kinds[0];  // one text alone is of the first kind throughout
  shape_.weight_bytes += words_.nbytes() + positions_.nbytes() + kinds.nbytes();
  LOOM_CHECK(norm_of(weights, outer("LayerNorm"), embedding_norm_));
  for (int64_t i = 0; i < config_.layers; ++i) LOOM_CHECK(take_layer(weights, i));
  ignore_heads(weights, prefix_);
  return weights.finish();
}

at::Tensor Encoder::norm(const at::Tensor& x, const Norm& norm) const {
  return layer_norm(x, norm.weight, norm.bias, config_.norm_epsilon);
}

at::Tensor Encoder::layer(const at::Tensor& x, const EncoderLayer& layer) const {
  int64_t rows = x.size(0), heads = config_.heads;
  auto project = [&](const Linear& projection) {
    return linear(x, projection.weight, projection.bias, false)
        .reshape({rows, heads, config_.hidden / heads})
        .transpose(0, 1);
  };
  at::Tensor q = project(layer.q), k = project(layer.k), v = project(layer.v);
  at::Tensor scores = at::matmul(q, k.transpose(1, 2)) * config_.attention_scale;
  at::Tensor mixed = at::matmul(at::softmax(scores, -1), v).transpose(0, 1).reshape_as(x);
  at::Tensor h = norm(x + linear(mixed, layer.o.weight, layer.o.bias, false), layer.attention_norm);
  at::Tensor inner = at::gelu(linear(h, layer.up.weight, layer.up.bias, false));
  return norm(h + linear(inner, layer.down.weight, layer.down.bias, false),
              layer.feed_forward_norm);
}

std::vector<at::Tensor> Encoder::hidden_states(std::span<const TokenId> ids, int64_t layers) const {
  std::vector<int64_t> wide(ids.begin(), ids.end());
  at::Tensor index = at::tensor(wide, at::kLong).to(device_.device);
  at::Tensor places =
      positions_.narrow(0, config_.encoder.first_position, static_cast<int64_t>(ids.size()));
  std::vector<at::Tensor> states;
  states.push_back(norm(at::index_select(words_, 0, index) + kind_ + places, embedding_norm_));
  for (int64_t i = 0; i < layers; ++i)
    states.push_back(layer(states.back(), layers_[static_cast<size_t>(i)]));
  return states;
}

Result<std::unique_ptr<Encoder>> Encoder::load(OpenedModel& model, const ComputeDevice& device) {
  LOOM_CHECK(check_one_device(model.config.architecture, device));
  std::unique_ptr<Encoder> encoder(new Encoder(model.config, device));
  LOOM_CHECK(encoder->take(model.weights));
  return encoder;
}

}  // namespace loom
