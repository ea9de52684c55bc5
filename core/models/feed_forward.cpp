#include "core/models/feed_forward.h"

#include <ATen/TensorOperators.h>
#include <ATen/ops/index_select.h>
#include <ATen/ops/relu.h>
#include <ATen/ops/tensor.h>
#include <ATen/ops/zeros_like.h>

#include <array>

#include "core/engine/operations.h"
#include "core/models/expert_routing.h"

namespace loom {

at::Tensor feed_forward(const at::Tensor& x, const FeedForward& block, const ModelConfig& config, bool decode) {
  if (!config.gated) return block.down(at::relu(block.up(x, decode)).square(), decode);
  const auto both = linear_each(x, std::array<Factor, 2>{block.gate, block.up}, decode);
  const bool silu = config.activation == Activation::silu;
  return block.down(silu ? swiglu(both[0], both[1]) : geglu(both[0], both[1]), decode);
}

at::Tensor mixed_feed_forward(const at::Tensor& x, const DecoderLayer& layer, const ModelConfig& config, bool decode) {
  int64_t rows = x.size(0), chosen = config.experts.per_token;
  const at::Tensor asked = x.is_cpu() ? x : x.to(layer.router.weight.scalar_type());
  ExpertChoice choice = choose_experts(layer.router(asked, decode), layer.router_bias, config.experts);
  const float* weight = choice.weights.const_data_ptr<float>();
  const int64_t* index = choice.experts.const_data_ptr<int64_t>();
  at::Tensor y = at::zeros_like(x);
  for (size_t e = 0; e < layer.experts.size(); ++e) {
    std::vector<int64_t> members;
    std::vector<float> shares;
    for (int64_t i = 0; i < rows * chosen; ++i)
      if (index[i] == static_cast<int64_t>(e)) {
        members.push_back(i / chosen);
        shares.push_back(weight[i]);
      }
    if (members.empty()) continue;
    at::Tensor places = at::tensor(members, at::kLong).to(x.device());
    at::Tensor part = feed_forward(at::index_select(x, 0, places), layer.experts[e], config, decode);
    at::Tensor share = at::tensor(shares, at::kFloat).to(x.device(), x.scalar_type()).unsqueeze(1);
    y.index_add_(0, places, part * share);
  }
  return layer.shared ? y + feed_forward(x, *layer.shared, config, decode) : y;
}

}  // namespace loom
