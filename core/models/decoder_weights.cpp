#include "core/models/decoder_weights.h"

#include <ATen/TensorOperators.h>
#include <ATen/ops/cat.h>

#include "core/base/memory_limit.h"
#include "core/engine/limited_allocator.h"
#include "core/engine/memory.h"
#include "core/engine/operations.h"
#include "core/models/layer_placement.h"

namespace loom {
namespace {

class Loader {
 public:
  Loader(Weights& weights, ModelConfig& config, const ComputeDevice& device)
      : weights_(weights), config_(config), names_(config.names), device_(device) {}
  Result<DecoderWeights> load();

 private:
  Result<at::Tensor> tensor(const std::string& name, std::vector<int64_t> shape);
  Result<StoredWeights> stored(const std::string& name, std::vector<int64_t> shape);
  Result<Linear> linear(const std::string& name, int64_t out, int64_t in, bool bias);
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
  Status place();
  Status rotary_divisors();

  Weights& weights_;
  ModelConfig& config_;
  const WeightNames& names_;
  ComputeDevice device_;  // of what is being loaded
  DecoderWeights result_;
};

Result<at::Tensor> Loader::tensor(const std::string& name, std::vector<int64_t> shape) {
  LOOM_TRY(at::Tensor taken, weights_.take(name, shape, device_));
  result_.bytes += taken.nbytes();
  return taken;
}

Result<StoredWeights> Loader::stored(const std::string& name, std::vector<int64_t> shape) {
  LOOM_TRY(StoredWeights taken, weights_.take_stored(name, shape, device_));
  result_.bytes += taken.data.nbytes();
  return taken;
}

Result<Linear> Loader::linear(const std::string& name, int64_t out, int64_t in, bool bias) {
  Linear projection;
  LOOM_TRY(StoredWeights taken, stored(name + ".weight", {out, in}));
  projection.weight = std::move(taken.data);
  projection.blocks = taken.blocks;
  if (bias) {
    LOOM_TRY(projection.bias, tensor(name + ".bias", {out}));
  }
  return projection;
}

Status Loader::norm(const std::string& name, int64_t size, Norm& norm) {
  LOOM_TRY(norm.weight, tensor(name + ".weight", {size}));
  if (config_.norm_adds_one) norm.weight = norm.weight + 1;
  if (config_.norm_bias) {
    LOOM_TRY(norm.bias, tensor(name + ".bias", {size}));
  }
  return {};
}

// Rows 0, 2, 4, … of a head's turning part, then 1, 3, 5, …: the pairs are then i and i + d/2.
at::Tensor Loader::in_order(const at::Tensor& rows, int64_t heads) const {
  int64_t turning = config_.ropes[0].dimensions, d = config_.head_dim;
  int64_t columns = rows.dim() > 1 ? rows.size(1) : 1;
  at::Tensor split = rows.reshape({heads, d, columns});
  at::Tensor pairs =
      split.narrow(1, 0, turning).reshape({heads, turning / 2, 2, columns}).transpose(1, 2);
  std::vector<at::Tensor> parts = {pairs.reshape({heads, turning, columns}),
                                   split.narrow(1, turning, d - turning)};
  return at::cat(parts, 1).reshape(rows.sizes()).contiguous();
}

Linear Loader::rotary(Linear projection, int64_t heads) const {
  if (!config_.interleaved_rope) return projection;
  projection.weight = in_order(projection.weight, heads);
  if (projection.bias.defined()) projection.bias = in_order(projection.bias, heads);
  return projection;
}

Status Loader::attention(const std::string& prefix, DecoderLayer& layer) {
  int64_t hidden = config_.hidden, q_size = config_.heads * config_.head_dim,
          kv_size = config_.kv_heads * config_.head_dim;
  bool bias = config_.attention_bias;
  if (!names_.qkv.empty()) {
    LOOM_TRY(const Linear fused, linear(prefix + names_.qkv, q_size + 2 * kv_size, hidden, bias));
    auto part = [&fused](int64_t from, int64_t size) {
      return Linear{fused.weight.narrow(0, from, size),
                    fused.bias.defined() ? fused.bias.narrow(0, from, size) : at::Tensor(),
                    fused.blocks};
    };
    layer.q = part(0, q_size);
    layer.k = part(q_size, kv_size);
    layer.v = part(q_size + kv_size, kv_size);
  } else {
    LOOM_TRY(layer.q, linear(prefix + names_.q, q_size, hidden, bias));
    LOOM_TRY(layer.k, linear(prefix + names_.k, kv_size, hidden, bias));
    LOOM_TRY(layer.v, linear(prefix + names_.v, kv_size, hidden, bias));
  }
  layer.q = rotary(layer.q, config_.heads);
  layer.k = rotary(layer.k, config_.kv_heads);
  LOOM_TRY(layer.o, linear(prefix + names_.o, hidden, q_size, config_.output_bias));
  if (!names_.q_norm.empty()) {
    LOOM_CHECK(norm(prefix + names_.q_norm, config_.head_dim, layer.q_norm));
    LOOM_CHECK(norm(prefix + names_.k_norm, config_.head_dim, layer.k_norm));
  }
  return {};
}

Status Loader::latent_queries(const std::string& prefix, LatentProjections& layer) {
  const LatentAttention& sizes = *config_.latent;
  int64_t head = sizes.plain + sizes.rotary;
  if (sizes.query_rank > 0) {
    LOOM_TRY(layer.q_a,
             linear(prefix + names_.q_a, sizes.query_rank, config_.hidden, config_.attention_bias));
    LOOM_CHECK(norm(prefix + names_.q_a_norm, sizes.query_rank, layer.q_a_norm));
  }
  const bool narrow = sizes.query_rank > 0;
  int64_t in = narrow ? sizes.query_rank : config_.hidden;
  LOOM_TRY(layer.q_b,
           linear(prefix + (narrow ? names_.q_b : names_.q), config_.heads * head, in, false));
  if (!config_.interleaved_rope) return {};
  int64_t columns = layer.q_b.weight.size(1);  // bytes where the rows are quantised blocks
  at::Tensor heads = layer.q_b.weight.reshape({config_.heads, head, columns});
  at::Tensor turning =
      heads.narrow(1, sizes.plain, sizes.rotary).reshape({config_.heads * sizes.rotary, columns});
  at::Tensor ordered =
      in_order(turning, config_.heads).reshape({config_.heads, sizes.rotary, columns});
  layer.q_b.weight = at::cat({heads.narrow(1, 0, sizes.plain), ordered}, 1)
                         .reshape({config_.heads * head, columns});
  return {};
}

Status Loader::key_and_value_up(const std::string& prefix, LatentProjections& layer) {
  const LatentAttention& sizes = *config_.latent;
  at::Tensor keys, values;
  if (weights_.has(prefix + names_.kv_b + ".weight") || names_.k_b.empty()) {
    int64_t head = sizes.plain + sizes.value;
    LOOM_TRY(const at::Tensor both,
             tensor(prefix + names_.kv_b + ".weight", {config_.heads * head, sizes.rank}));
    at::Tensor heads = both.reshape({config_.heads, head, sizes.rank});
    keys = heads.narrow(1, 0, sizes.plain).transpose(1, 2);
    values = heads.narrow(1, sizes.plain, sizes.value);
  } else {
    LOOM_TRY(keys,
             tensor(prefix + names_.k_b + ".weight", {config_.heads, sizes.rank, sizes.plain}));
    LOOM_TRY(values,
             tensor(prefix + names_.v_b + ".weight", {config_.heads, sizes.value, sizes.rank}));
  }
  for (int64_t h = 0; h < config_.heads; ++h) {
    layer.key_up.push_back(keys[h].contiguous());
    layer.value_up.push_back(values[h].contiguous());
  }
  return {};
}

Status Loader::latent(const std::string& prefix, DecoderLayer& layer) {
  const LatentAttention& sizes = *config_.latent;
  LatentProjections parts;
  LOOM_CHECK(latent_queries(prefix, parts));
  int64_t width = sizes.rank + sizes.rotary;
  LOOM_TRY(parts.kv_a, linear(prefix + names_.kv_a, width, config_.hidden, config_.attention_bias));
  if (config_.interleaved_rope) {
    auto ordered = [&](const at::Tensor& rows) {
      return at::cat(
          {rows.narrow(0, 0, sizes.rank), in_order(rows.narrow(0, sizes.rank, sizes.rotary), 1)});
    };
    parts.kv_a.weight = ordered(parts.kv_a.weight);
    if (parts.kv_a.bias.defined()) parts.kv_a.bias = ordered(parts.kv_a.bias);
  }
  LOOM_CHECK(norm(prefix + names_.kv_a_norm, sizes.rank, parts.kv_a_norm));
  LOOM_CHECK(key_and_value_up(prefix, parts));
  LOOM_TRY(layer.o, linear(prefix + names_.o, config_.hidden, config_.heads * sizes.value,
                           config_.output_bias));
  layer.latent = std::move(parts);
  return {};
}

Status Loader::gated_pair(const std::string& prefix, FeedForward& block) {
  int64_t hidden = config_.hidden, size = config_.feed_forward;
  if (names_.gate_up.empty()) {
    LOOM_TRY(block.gate, linear(prefix + names_.gate, size, hidden, config_.mlp_bias));
    LOOM_TRY(block.up, linear(prefix + names_.up, size, hidden, config_.mlp_bias));
    return {};
  }
  LOOM_TRY(const Linear fused, linear(prefix + names_.gate_up, 2 * size, hidden, false));
  block.gate = {fused.weight.narrow(0, 0, size), {}, fused.blocks};
  block.up = {fused.weight.narrow(0, size, size), {}, fused.blocks};
  return {};
}

Status Loader::feed_forward(const std::string& prefix, FeedForward& block) {
  if (config_.gated) {
    LOOM_CHECK(gated_pair(prefix, block));
  } else {
    LOOM_TRY(block.up,
             linear(prefix + names_.up, config_.feed_forward, config_.hidden, config_.mlp_bias));
  }
  LOOM_TRY(block.down,
           linear(prefix + names_.down, config_.hidden, config_.feed_forward, config_.mlp_bias));
  return {};
}

Status Loader::shared_expert(const std::string& prefix, FeedForward& block) {
  int64_t size = config_.experts.shared_feed_forward;
  LOOM_TRY(block.gate, linear(prefix + names_.shared_gate, size, config_.hidden, false));
  LOOM_TRY(block.up, linear(prefix + names_.shared_up, size, config_.hidden, false));
  LOOM_TRY(block.down, linear(prefix + names_.shared_down, config_.hidden, size, false));
  return {};
}

Result<std::vector<Linear>> Loader::expert_parts(const std::string& name, int64_t out, int64_t in) {
  std::vector<Linear> parts;
  size_t place = name.find('#');
  if (place == std::string::npos) {
    LOOM_TRY(const StoredWeights all, stored(name + ".weight", {config_.experts.count, out, in}));
    for (int64_t e = 0; e < config_.experts.count; ++e)
      parts.push_back({all.data[e], {}, all.blocks});
    return parts;
  }
  for (int64_t e = 0; e < config_.experts.count; ++e) {
    std::string one = name;
    LOOM_TRY(const Linear part, linear(one.replace(place, 1, std::to_string(e)), out, in, false));
    parts.push_back(part);
  }
  return parts;
}

Status Loader::experts(const std::string& prefix, DecoderLayer& layer) {
  int64_t hidden = config_.hidden, size = config_.experts.feed_forward;
  LOOM_TRY(layer.router, linear(prefix + names_.router, config_.experts.count, hidden, false));
  if (config_.experts.corrected) {
    LOOM_TRY(layer.router_bias,
             weights_.take_fp32(prefix + names_.router_bias, {config_.experts.count}));
  }
  if (config_.experts.shared_feed_forward > 0)
    LOOM_CHECK(shared_expert(prefix, layer.shared.emplace()));
  LOOM_TRY(const auto gates, expert_parts(prefix + names_.expert_gate, size, hidden));
  LOOM_TRY(const auto ups, expert_parts(prefix + names_.expert_up, size, hidden));
  LOOM_TRY(const auto downs, expert_parts(prefix + names_.expert_down, hidden, size));
  for (size_t e = 0; e < gates.size(); ++e) layer.experts.push_back({gates[e], ups[e], downs[e]});
  return {};
}

Status Loader::layer(int64_t index) {
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

Status Loader::rotary_divisors() {
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

// Later layers go to later devices; the embedding stays on the first.
Status Loader::place() {
  const std::vector<at::Device> devices = device_.all();
  const uint64_t bytes = weights_.bytes_on(device_), limit = memory_limit();
  if (device_.device.is_cpu() && limit > 0 && counted_bytes() + bytes > limit)
    return Error{ErrorKind::out_of_memory, "the model " + needs_of(counted_bytes() + bytes, limit), "load",
                 "Allow more memory or use a smaller model"};
  LOOM_TRY(const auto places, place_layers(static_cast<size_t>(config_.layers), bytes, free_bytes_each(device_)));
  if (devices.size() == 1) return {};
  for (size_t place : places) result_.devices.push_back(devices[place]);
  return {};
}

Result<DecoderWeights> Loader::load() {
  LOOM_CHECK(place());
  const ComputeDevice first = device_;
  LOOM_TRY(result_.embedding, linear(names_.embedding, config_.vocabulary, config_.hidden, false));
  if (!result_.devices.empty()) device_.device = result_.devices.back();
  LOOM_CHECK(norm(names_.final_norm, config_.hidden, result_.final_norm));
  if (config_.tied_head) {
    result_.head = result_.embedding;
    if (device_.device != first.device) result_.head.weight = result_.head.weight.to(device_.device);
    weights_.ignore(names_.head + ".weight");  // some files store the tied head a second time
  } else {
    LOOM_TRY(result_.head, linear(names_.head, config_.vocabulary, config_.hidden, false));
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
  return std::move(result_);
}

}  // namespace

at::Tensor Linear::operator()(const at::Tensor& x, bool decode) const {
  return linear(x, weight, bias, decode, blocks);
}

Result<DecoderWeights> load_decoder_weights(Weights& weights, ModelConfig& config,
                                            const ComputeDevice& device) {
  return Loader(weights, config, device).load();
}

}  // namespace loom
