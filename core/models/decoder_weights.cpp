#include "core/models/decoder_weights.h"

#include <ATen/TensorOperators.h>

#include "core/engine/operations.h"
#include "core/models/decoder_loader.h"
#include "core/models/layer_placement.h"

namespace loom {

Status DecoderLoader::norm(const std::string& name, int64_t size, Norm& norm) {
  if (!config_.wide_norms) {
    LOOM_TRY(norm, taker_.norm(name, size, config_.norm_bias));
    return {};
  }
  LOOM_TRY(norm.weight, taker_.numbers(name + ".weight", {size}));
  if (config_.norm_bias) {
    LOOM_TRY(norm.bias, taker_.numbers(name + ".bias", {size}));
  }
  if (config_.norm_adds_one) norm.weight = norm.weight + 1;
  return {};
}

Status DecoderLoader::layer(int64_t index) {
  std::string prefix = names_.layer + std::to_string(index) + ".";
  DecoderLayer layer;
  for (auto [name, place] : {std::pair{&names_.attention_norm, &layer.attention_norm},
                             {&names_.attention_post_norm, &layer.attention_post_norm},
                             {&names_.feed_forward_norm, &layer.feed_forward_norm},
                             {&names_.feed_forward_post_norm, &layer.feed_forward_post_norm}})
    if (!name->empty()) LOOM_CHECK(norm(prefix + *name, config_.hidden, *place));
  LOOM_CHECK(config_.latent ? latent(prefix, layer) : attention(prefix, layer));
  if (config_.plan[static_cast<size_t>(index)].experts) {
    LOOM_CHECK(experts(prefix, layer));
  } else {
    LOOM_CHECK(feed_forward(prefix, layer.feed_forward));
  }
  // Older files carry the reference's buffer of frequencies, which is not a weight.
  weights_.ignore(prefix + "self_attn.rotary_emb.inv_freq");
  result_.layers.push_back(std::move(layer));
  return {};
}

Status DecoderLoader::rotary_divisors() {
  if (!config_.gguf) return {};
  RopeSettings& rope = config_.ropes[0];
  auto take = [this, &rope](const char* name, std::vector<double>& into) -> Status {
    LOOM_TRY(const at::Tensor divisors, weights_.take_fp32(name, {rope.dimensions / 2}));
    const float* data = divisors.const_data_ptr<float>();
    into.assign(data, data + divisors.numel());
    return {};
  };
  if (rope.longrope) {
    LOOM_CHECK(take("rope_factors_short.weight", rope.longrope->short_divisors));
    LOOM_CHECK(take("rope_factors_long.weight", rope.longrope->long_divisors));
  }
  if (weights_.has("rope_freqs.weight")) return take("rope_freqs.weight", rope.divisors);
  return {};
}

Result<DecoderWeights> DecoderLoader::load() {
  LOOM_TRY(result_.devices, devices_of_layers(config_.layers, weights_, device_));
  const ComputeDevice first = device_;
  LOOM_TRY(result_.embedding,
           taker_.linear(names_.embedding, config_.vocabulary, config_.hidden, false));
  if (!result_.devices.empty()) device_.device = result_.devices.back();
  LOOM_CHECK(norm(names_.final_norm, config_.hidden, result_.final_norm));
  if (config_.tied_head) {
    result_.head = result_.embedding;
    if (device_.device != first.device)
      result_.head.weight = result_.head.weight.to(device_.device);
    weights_.ignore(names_.head + ".weight");  // some files store the tied head a second time
  } else {
    LOOM_TRY(result_.head, taker_.linear(names_.head, config_.vocabulary, config_.hidden, false));
  }
  weights_.ignore("transformer.rotary_pos_emb.inv_freq");  // a buffer of ChatGLM's
  LOOM_CHECK(rotary_divisors());
  for (int64_t i = 0; i < config_.layers; ++i) {
    if (!result_.devices.empty()) device_.device = result_.devices[static_cast<size_t>(i)];
    LOOM_CHECK(layer(i));
  }
  for (int64_t i = 0; i < config_.unused_layers; ++i) {
    // Such a layer joins a state with an embedding; one without that is a layer too many.
    std::string layer = names_.layer + std::to_string(config_.layers + i) + ".";
    if (weights_.has(layer + "eh_proj.weight")) weights_.ignore_below(layer);
  }
  LOOM_CHECK(weights_.finish());
  result_.bytes = taker_.bytes();
  return std::move(result_);
}

at::Tensor Linear::operator()(const at::Tensor& x, bool decode) const {
  return linear(x, weight, bias, decode, blocks);
}

Result<DecoderWeights> load_decoder_weights(Weights& weights, ModelConfig& config,
                                            const ComputeDevice& device) {
  return DecoderLoader(weights, config, device).load();
}

}  // namespace loom
