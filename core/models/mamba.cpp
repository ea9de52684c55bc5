// Mamba (Gu and Dao 2023, arXiv 2312.00752) and Falcon Mamba (Zuo et al. 2024, arXiv 2410.05355),
// which norms what it selects by: a convolution over four tokens, then a scan whose step, input and
// output depend on the token.
#include <ATen/TensorOperators.h>
#include <ATen/ops/exp.h>
#include <ATen/ops/ones.h>

#include <algorithm>

#include "core/engine/operations.h"
#include "core/engine/pointwise.h"
#include "core/engine/recurrence.h"
#include "core/models/architectures.h"
#include "core/models/part_names.h"
#include "core/models/recurrent_model.h"

namespace loom {
namespace {

constexpr PartName kMambaParts[] = {
    {"norm", "attn_norm"},       {"mixer.in_proj", "ssm_in"},   {"mixer.x_proj", "ssm_x"},
    {"mixer.dt_proj", "ssm_dt"}, {"mixer.out_proj", "ssm_out"}, {"mixer.conv1d", "ssm_conv1d"},
    {"mixer.A_log", "ssm_a"},    {"mixer.D", "ssm_d"},
};

struct MambaLayer {
  Norm norm;
  Linear in, select, step, out;
  at::Tensor convolution, convolution_bias;  // [taps, inner], [inner]
  at::Tensor rate, skip;                     // [state, inner], [inner]
};

class Mamba : public RecurrentModel {
 public:
  using RecurrentModel::RecurrentModel;

 private:
  Status take_layer(WeightTaker& weights, int64_t index) override;
  at::Tensor run(at::Tensor x, const SequenceRows& rows) const override;
  at::Tensor mix(const at::Tensor& h, size_t index, const SequenceRows& rows) const;

  std::vector<MambaLayer> layers_;
};

Status Mamba::take_layer(WeightTaker& weights, int64_t index) {
  const RecurrentSettings& sizes = config_.recurrent;
  const LayerNames name(config_, "backbone.layers.", kMambaParts, index);
  MambaLayer layer;
  LOOM_TRY(layer.norm, weights.norm(name("norm"), config_.hidden, false));
  LOOM_TRY(layer.in,
           weights.linear(name("mixer.in_proj"), 2 * sizes.inner, config_.hidden, sizes.bias));
  LOOM_TRY(layer.select,
           weights.linear(name("mixer.x_proj"), sizes.step_rank + 2 * sizes.state, sizes.inner));
  LOOM_TRY(layer.step, weights.linear(name("mixer.dt_proj"), sizes.inner, sizes.step_rank, true));
  LOOM_TRY(layer.out,
           weights.linear(name("mixer.out_proj"), config_.hidden, sizes.inner, sizes.bias));
  LOOM_CHECK(take_convolution(weights, name("mixer.conv1d"), sizes.inner, config_,
                              layer.convolution, layer.convolution_bias));
  LOOM_TRY(at::Tensor rate, weights.numbers(name("mixer.A_log"), {sizes.inner, sizes.state}));
  if (!config_.gguf) rate = -at::exp(rate);  // a GGUF file holds the rate itself
  layer.rate = rate.transpose(0, 1).contiguous();
  LOOM_TRY(layer.skip, weights.numbers(name("mixer.D"), {sizes.inner}));
  layers_.push_back(std::move(layer));
  return {};
}

at::Tensor Mamba::mix(const at::Tensor& h, size_t index, const SequenceRows& rows) const {
  const MambaLayer& layer = layers_[index];
  const RecurrentSettings& sizes = config_.recurrent;
  at::Tensor both = layer.in(h, rows.decode), gate = both.narrow(1, sizes.inner, sizes.inner);
  at::Tensor inner = both.narrow(1, 0, sizes.inner);
  at::Tensor x = silu(rows.each(2 * index, [&](const auto& mine, at::Tensor& state) {
    return causal_convolution(mine(inner), layer.convolution, layer.convolution_bias, state);
  }));
  at::Tensor selected = layer.select(x.to(h.scalar_type()), rows.decode);
  auto part = [&](int64_t from, int64_t size) {
    at::Tensor numbers = selected.narrow(1, from, size);
    if (sizes.selection_epsilon == 0) return numbers;
    return rms_norm(numbers, at::ones({size}, numbers.options()), sizes.selection_epsilon);
  };
  at::Tensor step = softplus(layer.step(part(0, sizes.step_rank), rows.decode).to(at::kFloat));
  at::Tensor in = part(sizes.step_rank, sizes.state),
             out = part(sizes.step_rank + sizes.state, sizes.state);
  at::Tensor y = rows.each(2 * index + 1, [&](const auto& mine, at::Tensor& state) {
    return run_scan({mine(x), mine(step), mine(in), mine(out), layer.rate, layer.skip}, state);
  });
  return layer.out(swiglu(gate.contiguous(), y.to(h.scalar_type())), rows.decode);
}

at::Tensor Mamba::run(at::Tensor x, const SequenceRows& rows) const {
  for (size_t i = 0; i < layers_.size(); ++i) {
    x = at_layer(x, i);
    x = x + mix(rms_norm(x, layers_[i].norm.weight, config_.norm_epsilon), i, rows);
  }
  return rms_norm(x, final_norm_.weight, config_.norm_epsilon);
}

}  // namespace

StateShapes mamba_states(const ModelConfig& config) {
  const RecurrentSettings& sizes = config.recurrent;
  return {{sizes.taps - 1, sizes.inner}, {sizes.state, sizes.inner}};
}

void read_mamba_fields(ModelFields& fields, ModelConfig& config) {
  read_recurrent_sizes(fields, config);
  config.norm_epsilon =
      fields.number({"layer_norm_epsilon", "attention.layer_norm_rms_epsilon"}, 1e-5);
  RecurrentSettings& sizes = config.recurrent;
  sizes.state = fields.integer({"state_size", "ssm.state_size"});
  sizes.taps = fields.integer({"conv_kernel", "ssm.conv_kernel"}, 4);
  sizes.bias = fields.boolean({"use_bias"}, false);
  sizes.convolution_bias = fields.boolean({"use_conv_bias"}, true);
  // Written beside hidden_size times expand, and equal to it.
  const double expand = std::clamp(fields.number({"expand"}, 2), 0.0, 64.0);
  const auto inner = static_cast<int64_t>(expand * static_cast<double>(config.hidden));
  sizes.inner = fields.integer({"intermediate_size", "ssm.inner_size"}, inner);
  check_positive(
      fields, {{"state_size", sizes.state}, {"conv_kernel", sizes.taps}, {"expand", sizes.inner}});
  fields.only({"hidden_act"}, "silu");
  fields.only({"rms_norm"}, true);
  // How the weights began, and how they are stored and trained.
  for (const char* name :
       {"residual_in_fp32", "rescale_prenorm_residual", "time_step_min", "time_step_max",
        "time_step_floor", "time_step_scale", "time_step_init_scheme", "use_mambapy",
        "use_falcon_mambapy", "use_associative_scan", "d_inner", "d_model", "n_layer",
        "fused_add_norm", "pad_vocab_size_multiple", "ssm_cfg", "layer_types"})
    fields.ignore({name});
  if (config.gguf) {
    fields.ignore({"", "feed_forward_length"});
    return ignore_attention_sizes(fields);
  }
  config.names.embedding = "backbone.embeddings";
  config.names.final_norm = "backbone.norm_f";
}

void describe_mamba(ModelFields& fields, ModelConfig& config) {
  read_mamba_fields(fields, config);
  RecurrentSettings& sizes = config.recurrent;
  if (config.architecture == "falcon_mamba")
    sizes.selection_epsilon = fields.number({"mixer_rms_eps"}, 1e-6);
  // GGUF files of Falcon Mamba call themselves mamba and have one constant for all norms.
  if (fields.boolean({"", "ssm.dt_b_c_rms"}, false)) sizes.selection_epsilon = config.norm_epsilon;
  nlohmann::json rank = fields.value({"time_step_rank", "ssm.time_step_rank"});
  sizes.step_rank = rank.is_number_integer() ? rank.get<int64_t>() : (config.hidden + 15) / 16;
  if (!rank.is_null() && !rank.is_number_integer() && rank != "auto")
    fields.fail(ErrorKind::corrupt, "the field time_step_rank is not a whole number");
  check_positive(fields, {{"time_step_rank", sizes.step_rank}});
  read_tied_head(fields, config, true);
}

Result<std::unique_ptr<CausalModel>> load_mamba(OpenedModel& model, const ComputeDevice& device) {
  return RecurrentModel::loaded(std::make_unique<Mamba>(model.config, device), model.weights);
}

}  // namespace loom
