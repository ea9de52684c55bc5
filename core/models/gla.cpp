// Gated linear attention (Yang et al. 2023, arXiv 2312.06635) as flash-linear-attention stores it:
// linear attention whose keys decay by a gate of the token, then a gated feed-forward block.
#include <ATen/TensorOperators.h>
#include <ATen/ops/clamp_min.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "core/engine/operations.h"
#include "core/engine/pointwise.h"
#include "core/engine/recurrence.h"
#include "core/models/architectures.h"
#include "core/models/feed_forward.h"
#include "core/models/recurrent_model.h"

namespace loom {
namespace {

enum Part { kQuery, kKey, kValue, kProjections };
constexpr double kGateDivisor = 16;  // of the logarithm of a gate; no field says it

struct GlaLayer {
  Norm norm, feed_forward_norm, head_norm;
  std::array<Linear, kProjections> project;
  std::array<at::Tensor, kProjections> convolution;  // [taps, width], where there is one
  Linear decay_narrow, decay_wide, gate, out;
  FeedForward feed_forward;
};

// Of queries, keys and values; the latter exist once per group of heads.
std::array<int64_t, kProjections> widths_of(const ModelConfig& config) {
  const int64_t state = config.recurrent.state;
  return {config.heads * state, config.kv_heads * state, config.kv_heads * config.head_dim};
}

class Gla : public RecurrentModel {
 public:
  using RecurrentModel::RecurrentModel;

 private:
  size_t states_per_layer() const { return config_.recurrent.taps > 0 ? 1 + kProjections : 1; }
  Status take_layer(WeightTaker& weights, int64_t index) override;
  Status take_attention(WeightTaker& weights, const std::string& name, GlaLayer& layer);
  Status take_feed_forward(WeightTaker& weights, const std::string& name, FeedForward& block);
  at::Tensor run(at::Tensor x, const SequenceRows& rows) const override;
  at::Tensor attention(const at::Tensor& x, size_t index, const SequenceRows& rows) const;

  std::vector<GlaLayer> layers_;
};

Status Gla::take_layer(WeightTaker& weights, int64_t index) {
  const std::string name = "model.layers." + std::to_string(index) + ".";
  GlaLayer layer;
  LOOM_TRY(layer.norm, weights.norm(name + "attn_norm", config_.hidden, false));
  LOOM_TRY(layer.feed_forward_norm, weights.norm(name + "mlp_norm", config_.hidden, false));
  LOOM_CHECK(take_attention(weights, name + "attn.", layer));
  LOOM_CHECK(take_feed_forward(weights, name + "mlp.", layer.feed_forward));
  layers_.push_back(std::move(layer));
  return {};
}

Status Gla::take_attention(WeightTaker& weights, const std::string& name, GlaLayer& layer) {
  const RecurrentSettings& sizes = config_.recurrent;
  const int64_t hidden = config_.hidden, wide = config_.heads * config_.head_dim;
  const std::array<int64_t, kProjections> widths = widths_of(config_);
  const std::array<std::string, kProjections> letters = {"q", "k", "v"};
  for (size_t part = 0; part < kProjections; ++part) {
    LOOM_TRY(layer.project[part],
             weights.linear(name + letters[part] + "_proj", widths[part], hidden));
    at::Tensor no_bias;
    if (sizes.taps > 0)
      LOOM_CHECK(take_convolution(weights, name + letters[part] + "_conv1d", widths[part], config_,
                                  layer.convolution[part], no_bias));
  }
  LOOM_TRY(const int64_t rank, weights.stored().size_of(name + "gk_proj.0.weight", 0));
  LOOM_TRY(layer.decay_narrow, weights.linear(name + "gk_proj.0", rank, hidden));
  LOOM_TRY(layer.decay_wide, weights.linear(name + "gk_proj.1", widths[1], rank, true));
  if (sizes.output_gate) {
    LOOM_TRY(layer.gate, weights.linear(name + "g_proj", wide, hidden));
  }
  // The name tells whether the reference ran norm and gate in one kernel.
  const bool fused = weights.stored().has(name + "g_norm_swish_gate.weight");
  const std::string norm = name + (fused ? "g_norm_swish_gate.weight" : "g_norm.weight");
  LOOM_TRY(layer.head_norm.weight, weights.numbers(norm, {config_.head_dim}));
  LOOM_TRY(layer.out, weights.linear(name + "o_proj", hidden, wide));
  return {};
}

// The first folders keep gate and up in one matrix.
Status Gla::take_feed_forward(WeightTaker& weights, const std::string& name, FeedForward& block) {
  const int64_t hidden = config_.hidden, wide = config_.feed_forward;
  if (weights.stored().has(name + "up_proj.weight")) {
    LOOM_TRY(block.gate, weights.linear(name + "gate_proj", wide, hidden));
    LOOM_TRY(block.up, weights.linear(name + "up_proj", wide, hidden));
  } else {
    LOOM_TRY(const Linear both, weights.linear(name + "gate_proj", 2 * wide, hidden));
    block.gate = {both.weight.narrow(0, 0, wide), {}, both.blocks};
    block.up = {both.weight.narrow(0, wide, wide), {}, both.blocks};
  }
  LOOM_TRY(block.down, weights.linear(name + "down_proj", hidden, wide));
  return {};
}

at::Tensor Gla::attention(const at::Tensor& x, size_t index, const SequenceRows& rows) const {
  const GlaLayer& layer = layers_[index];
  const RecurrentSettings& sizes = config_.recurrent;
  const int64_t count = x.size(0), shared = config_.heads / config_.kv_heads;
  const size_t first_state = index * states_per_layer();
  auto project = [&](size_t part) {
    at::Tensor y = layer.project[part](x, rows.decode);
    if (sizes.taps == 0) return y;
    return silu(rows.each(first_state + 1 + part, [&](const auto& mine, at::Tensor& state) {
      return causal_convolution(mine(y), layer.convolution[part], {}, state);
    }));
  };
  auto per_head = [&](const at::Tensor& y, int64_t width) {
    at::Tensor groups = y.to(at::kFloat).reshape({count, -1, width});
    return groups.size(1) == config_.heads ? groups : groups.repeat_interleave(shared, 1);
  };
  at::Tensor q =
      per_head(project(kQuery), sizes.state) / std::sqrt(static_cast<double>(sizes.state));
  at::Tensor k = per_head(project(kKey), sizes.state);
  at::Tensor v = per_head(project(kValue), config_.head_dim);
  at::Tensor raw = layer.decay_wide(layer.decay_narrow(x, rows.decode), rows.decode);
  at::Tensor logarithm = log_sigmoid(raw.to(at::kFloat)) / kGateDivisor;
  if (sizes.decay_low) logarithm = at::clamp_min(logarithm, *sizes.decay_low);
  at::Tensor decay = per_head(exponential(logarithm), sizes.state);
  at::Tensor read = rows.each(first_state, [&](const auto& mine, at::Tensor& state) {
    return run_recurrence({mine(q), mine(k), mine(v), mine(decay), {}, {}, {}}, state);
  });
  at::Tensor y = rms_norm(read, layer.head_norm.weight, config_.norm_epsilon)
                     .reshape({count, config_.heads * config_.head_dim})
                     .to(x.scalar_type());
  return layer.out(sizes.output_gate ? swiglu(layer.gate(x, rows.decode), y) : y, rows.decode);
}

at::Tensor Gla::run(at::Tensor x, const SequenceRows& rows) const {
  for (size_t i = 0; i < layers_.size(); ++i) {
    const GlaLayer& layer = layers_[i];
    x = at_layer(x, i);
    x = x + attention(rms_norm(x, layer.norm.weight, config_.norm_epsilon), i, rows);
    at::Tensor h = rms_norm(x, layer.feed_forward_norm.weight, config_.norm_epsilon);
    x = x + feed_forward(h, layer.feed_forward, config_, rows.decode);
  }
  return rms_norm(x, final_norm_.weight, config_.norm_epsilon);
}

// Per head, where a width is a share of the hidden size.
int64_t read_width(ModelFields& fields, const ModelConfig& config, const char* field,
                   double fallback) {
  const double share = std::clamp(fields.number({field}, fallback), 0.0, 64.0);
  const auto whole = std::llround(static_cast<double>(config.hidden) * share);
  if (config.heads > 0 && whole % config.heads != 0)
    fields.fail(ErrorKind::corrupt,
                std::string("hidden_size times ") + field + " is not a multiple of num_heads");
  return config.heads > 0 ? whole / config.heads : 0;
}

void read_options(ModelFields& fields, RecurrentSettings& sizes) {
  sizes.output_gate = fields.boolean({"use_output_gate"}, true);
  if (fields.has({"clamp_min"}))
    sizes.decay_low = std::clamp(fields.number({"clamp_min"}), -1e30, 0.0);
  if (fields.boolean({"use_short_conv"}, false)) {
    sizes.taps = fields.integer({"conv_size"}, 4);
    check_positive(fields, {{"conv_size", sizes.taps}});
    fields.only({"share_conv_kernel"}, false);
  }
  fields.only({"hidden_act"}, "swish");
  fields.only({"elementwise_affine"}, true);
  fields.only({"use_gk"}, true);
  fields.only({"use_gv"}, false);
  // Layers of attention in between, functions of keys, attention over layers.
  for (const char* name : {"attn", "feature_map", "attnres_block_size"})
    fields.only({name}, nullptr);
  for (const char* name :
       {"attn_mode", "conv_size", "share_conv_kernel", "fuse_norm", "fuse_swiglu",
        "fuse_cross_entropy", "fuse_linear_cross_entropy", "use_l2warp", "max_position_embeddings"})
    fields.ignore({name});
}

}  // namespace

StateShapes gla_states(const ModelConfig& config) {
  StateShapes states = {{config.heads, config.recurrent.state, config.head_dim}};
  if (config.recurrent.taps > 0)
    for (int64_t width : widths_of(config)) states.push_back({config.recurrent.taps - 1, width});
  return states;
}

void describe_gla(ModelFields& fields, ModelConfig& config) {
  refuse_gguf(fields);
  read_recurrent_sizes(fields, config);
  config.norm_epsilon = fields.number({"norm_eps"}, 1e-6);
  config.heads = fields.integer({"num_heads"}, 4);
  config.kv_heads = fields.integer({"num_kv_heads"}, config.heads);
  check_positive(fields, {{"num_heads", config.heads}, {"num_kv_heads", config.kv_heads}});
  if (config.kv_heads > 0 && config.heads % config.kv_heads != 0)
    fields.fail(ErrorKind::corrupt, "num_heads is not a multiple of num_kv_heads");
  config.recurrent.state = read_width(fields, config, "expand_k", 0.5);
  config.head_dim = read_width(fields, config, "expand_v", 1);
  // A multiple of 256 near two thirds of the ratio, as the reference chooses it.
  const double ratio = std::clamp(fields.number({"hidden_ratio"}, 4), 0.0, 256.0);
  const auto wide = static_cast<int64_t>(static_cast<double>(config.hidden) * ratio * 2 / 3);
  config.feed_forward = fields.integer({"intermediate_size"}, 256 * ((wide + 255) / 256));
  check_positive(fields, {{"expand_k", config.recurrent.state},
                          {"expand_v", config.head_dim},
                          {"intermediate_size", config.feed_forward}});
  read_options(fields, config.recurrent);
  read_tied_head(fields, config, false);
  config.names.embedding = "model.embeddings";
}

Result<std::unique_ptr<CausalModel>> load_gla(OpenedModel& model, const ComputeDevice& device) {
  return RecurrentModel::loaded(std::make_unique<Gla>(model.config, device), model.weights);
}

}  // namespace loom
