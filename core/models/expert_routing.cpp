#include "core/models/expert_routing.h"

#include <ATen/TensorOperators.h>
#include <ATen/ops/softmax.h>
#include <ATen/ops/topk.h>
#include <ATen/ops/zeros_like.h>

#include <cmath>

#include "core/engine/pointwise.h"

namespace loom {
namespace {

// Scores of experts outside the best groups become `shut`.
at::Tensor within_best_groups(const at::Tensor& scores, const ExpertSettings& settings) {
  int64_t rows = scores.size(0), size = settings.count / settings.groups;
  at::Tensor grouped = scores.reshape({rows, settings.groups, size});
  at::Tensor worth = settings.corrected ? std::get<0>(at::topk(grouped, 2, -1)).sum(-1)
                                        : std::get<0>(grouped.max(-1));
  at::Tensor best = std::get<1>(at::topk(worth, settings.groups_used, -1));
  at::Tensor shut = at::zeros_like(worth).scatter_(1, best, 1).eq(0);
  double floor = settings.corrected ? -INFINITY : 0;
  return grouped.masked_fill(shut.unsqueeze(-1), floor).reshape({rows, settings.count});
}

}  // namespace

ExpertChoice choose_experts(const at::Tensor& logits, const at::Tensor& bias,
                            const ExpertSettings& settings) {
  at::Tensor wide = logits.to(at::kCPU, at::kFloat);
  // ATen's sigmoid computes the last numbers of a tensor otherwise than the rest: a row would
  // depend on how many stand beside it.
  at::Tensor scores =
      settings.score == ExpertScore::softmax ? at::softmax(wide, -1) : sigmoid(wide);
  at::Tensor ranked = bias.defined() ? scores + bias : scores;
  if (settings.groups > 1) ranked = within_best_groups(ranked, settings);
  at::Tensor experts = std::get<1>(at::topk(ranked, settings.per_token, -1));
  at::Tensor weights = scores.gather(1, experts);
  // The small addend is the reference's; without a correction scores are positive and need none.
  if (settings.normalise)
    weights =
        weights / (settings.corrected ? weights.sum(-1, true) + 1e-20 : weights.sum(-1, true));
  if (settings.scale != 1) weights = weights * settings.scale;
  return {weights.contiguous(), experts.contiguous()};
}

}  // namespace loom
