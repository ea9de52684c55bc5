// Mamba 2 (Dao and Gu 2024, arXiv 2405.21060): heads with one rate each, whose state maps an input
// direction to an output; groups of heads share where they write and read.
#include <ATen/TensorOperators.h>
#include <ATen/ops/clamp.h>
#include <ATen/ops/exp.h>
#include <ATen/ops/ones.h>

#include <algorithm>
#include <limits>

#include "core/engine/operations.h"
#include "core/engine/pointwise.h"
#include "core/engine/recurrence.h"
#include "core/models/architectures.h"
#include "core/models/part_names.h"
#include "core/models/recurrent_model.h"

namespace loom {
namespace {

constexpr PartName kMamba2Parts[] = {
    {"norm", "attn_norm"},
    {"mixer.in_proj", "ssm_in"},
    {"mixer.out_proj", "ssm_out"},
    {"mixer.conv1d", "ssm_conv1d"},
    {"mixer.A_log", "ssm_a"},
    {"mixer.D", "ssm_d"},
    {"mixer.dt_bias", "ssm_dt.bias"},
    {"mixer.norm.weight", "ssm_norm.weight"},
};

struct Mamba2Layer {
  Norm norm;
  Linear in, out;
  at::Tensor convolution, convolution_bias;  // [taps, inner + 2 * groups * state]
  at::Tensor rate, skip, step_bias;          // [heads], [heads, 1], [heads]
  at::Tensor inner_norm;                     // [inner]
};

// Channels that the convolution sees: the heads' inputs, and per group where to write and to read.
int64_t channels_of(const RecurrentSettings& sizes) {
  return sizes.inner + 2 * sizes.groups * sizes.state;
}

class Mamba2 : public RecurrentModel {
 public:
  using RecurrentModel::RecurrentModel;

 private:
  Status take_layer(WeightTaker& weights, int64_t index) override;
  int64_t convolved() const { return channels_of(config_.recurrent); }
  at::Tensor run(at::Tensor x, const SequenceRows& rows) const override;
  at::Tensor mix(const at::Tensor& h, size_t index, const SequenceRows& rows) const;
  at::Tensor heads(const at::Tensor& convolution, const at::Tensor& step, size_t index,
                   const SequenceRows& rows) const;

  std::vector<Mamba2Layer> layers_;
};

Status Mamba2::take_layer(WeightTaker& weights, int64_t index) {
  const RecurrentSettings& sizes = config_.recurrent;
  const LayerNames name(config_, "backbone.layers.", kMamba2Parts, index);
  const int64_t heads = config_.heads, groups = sizes.groups;
  const bool gguf = config_.gguf;
  const int64_t projected = sizes.inner + convolved() + heads;
  Mamba2Layer layer;
  LOOM_TRY(layer.norm, weights.norm(name("norm"), config_.hidden, false));
  LOOM_TRY(layer.in, weights.linear(name("mixer.in_proj"), projected, config_.hidden, sizes.bias));
  LOOM_TRY(layer.out,
           weights.linear(name("mixer.out_proj"), config_.hidden, sizes.inner, sizes.bias));
  LOOM_CHECK(take_convolution(weights, name("mixer.conv1d"), convolved(), config_,
                              layer.convolution, layer.convolution_bias));
  // GGUF files hold the rate itself, heads as columns, and the norm by group.
  using Shape = std::vector<int64_t>;
  const Shape per_head = gguf ? Shape{heads, 1} : Shape{heads};
  LOOM_TRY(const at::Tensor rate, weights.numbers(name("mixer.A_log"), per_head));
  layer.rate = (gguf ? rate : -at::exp(rate)).reshape({heads});
  LOOM_TRY(const at::Tensor skip, weights.numbers(name("mixer.D"), per_head));
  layer.skip = skip.reshape({heads, 1});
  LOOM_TRY(layer.step_bias, weights.numbers(name("mixer.dt_bias"), {heads}));
  LOOM_TRY(const at::Tensor norm,
           weights.numbers(name("mixer.norm.weight"),
                           gguf ? Shape{groups, sizes.inner / groups} : Shape{sizes.inner}));
  layer.inner_norm = norm.reshape({sizes.inner});
  layers_.push_back(std::move(layer));
  return {};
}

// convolution [rows, convolved()], step [rows, heads] → [rows, inner]
at::Tensor Mamba2::heads(const at::Tensor& convolution, const at::Tensor& step, size_t index,
                         const SequenceRows& rows) const {
  const Mamba2Layer& layer = layers_[index];
  const RecurrentSettings& sizes = config_.recurrent;
  const int64_t count = convolution.size(0), selected = sizes.groups * sizes.state;
  auto groups = [&](int64_t from) {
    return convolution.narrow(1, from, selected).reshape({count, sizes.groups, sizes.state});
  };
  at::Tensor in = groups(sizes.inner), out = groups(sizes.inner + selected);
  at::Tensor x =
      convolution.narrow(1, 0, sizes.inner).reshape({count, config_.heads, config_.head_dim});
  at::Tensor value = x * step.unsqueeze(2), decay = exponential(step * layer.rate).unsqueeze(2);
  at::Tensor y = rows.each(2 * index + 1, [&](const auto& mine, at::Tensor& state) {
    return run_recurrence({mine(out), mine(in), mine(value), mine(decay), {}, {}, {}}, state);
  });
  return (y + x * layer.skip).reshape({count, sizes.inner});
}

at::Tensor Mamba2::mix(const at::Tensor& h, size_t index, const SequenceRows& rows) const {
  const Mamba2Layer& layer = layers_[index];
  const RecurrentSettings& sizes = config_.recurrent;
  at::Tensor all = layer.in(h, rows.decode);
  at::Tensor gate = all.narrow(1, 0, sizes.inner).to(at::kFloat).contiguous();
  at::Tensor inputs = all.narrow(1, sizes.inner, convolved());
  at::Tensor convolution = silu(rows.each(2 * index, [&](const auto& mine, at::Tensor& state) {
    return causal_convolution(mine(inputs), layer.convolution, layer.convolution_bias, state);
  }));
  at::Tensor raw = all.narrow(1, sizes.inner + convolved(), config_.heads).to(at::kFloat);
  at::Tensor step = at::clamp(softplus(raw + layer.step_bias), sizes.step_low, sizes.step_high);
  at::Tensor gated = swiglu(gate, heads(convolution, step, index, rows));
  const int64_t width = sizes.inner / sizes.groups;
  at::Tensor normed = rms_norm(gated.reshape({-1, width}), at::ones({width}, gated.options()),
                               config_.norm_epsilon);
  at::Tensor y = normed.reshape(gated.sizes()) * layer.inner_norm;
  return layer.out(y.to(h.scalar_type()), rows.decode);
}

at::Tensor Mamba2::run(at::Tensor x, const SequenceRows& rows) const {
  for (size_t i = 0; i < layers_.size(); ++i) {
    x = at_layer(x, i);
    x = x + mix(rms_norm(x, layers_[i].norm.weight, config_.norm_epsilon), i, rows);
  }
  return rms_norm(x, final_norm_.weight, config_.norm_epsilon);
}

// Bounds of a step; the upper one is often Python's Infinity, which is no number here.
void read_step_limits(ModelFields& fields, RecurrentSettings& sizes) {
  constexpr double kMost = std::numeric_limits<float>::max();
  sizes.step_high = kMost;
  nlohmann::json limits = fields.value({"time_step_limit"});
  if (limits.is_null()) return;
  if (!limits.is_array() || limits.size() != 2 || !limits[0].is_number())
    return fields.fail(ErrorKind::corrupt, "the field time_step_limit is not two numbers");
  sizes.step_low = std::clamp(limits[0].get<double>(), 0.0, kMost);
  if (limits[1].is_number()) sizes.step_high = std::clamp(limits[1].get<double>(), 0.0, kMost);
}

}  // namespace

StateShapes mamba2_states(const ModelConfig& config) {
  const RecurrentSettings& sizes = config.recurrent;
  return {{sizes.taps - 1, channels_of(sizes)}, {config.heads, sizes.state, config.head_dim}};
}

void describe_mamba2(ModelFields& fields, ModelConfig& config) {
  read_mamba_fields(fields, config);
  RecurrentSettings& sizes = config.recurrent;
  config.heads = fields.integer({"num_heads", "ssm.time_step_rank"});
  const bool divides = config.gguf && config.heads > 0;
  config.head_dim = fields.integer({"head_dim"}, divides ? sizes.inner / config.heads : 64);
  sizes.groups = fields.integer({"n_groups", "ssm.group_count"}, config.gguf ? 1 : 8);
  check_positive(
      fields,
      {{"num_heads", config.heads}, {"head_dim", config.head_dim}, {"n_groups", sizes.groups}});
  const bool positive = config.heads > 0 && config.head_dim > 0 && sizes.groups > 0;
  if (!positive || sizes.inner % config.head_dim != 0 ||
      sizes.inner / config.head_dim != config.heads || config.heads % sizes.groups != 0)
    fields.fail(ErrorKind::corrupt, "num_heads, head_dim, n_groups and expand do not fit together");
  read_step_limits(fields, sizes);
  // The first says how the reference cuts its work, the others have no use in this architecture.
  for (const char* name : {"chunk_size", "time_step_rank", "norm_before_gate"})
    fields.ignore({name});
  read_tied_head(fields, config, false);
}

Result<std::unique_ptr<CausalModel>> load_mamba2(OpenedModel& model, const ComputeDevice& device) {
  return RecurrentModel::loaded(std::make_unique<Mamba2>(model.config, device), model.weights);
}

}  // namespace loom
