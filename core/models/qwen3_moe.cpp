// Qwen3's mixtures of experts (30B-A3B, 235B-A22B; arXiv 2505.09388).
#include <algorithm>

#include "core/models/architectures.h"

namespace loom {

void describe_qwen3_moe(ModelFields& fields, ModelConfig& config) {
  describe_qwen3(fields, config);
  config.experts.count = fields.integer({"num_experts", "expert_count"}, fields.integer({"num_local_experts"}, 0));
  config.experts.per_token = fields.integer({"num_experts_per_tok", "expert_used_count"});
  config.experts.feed_forward = fields.integer({"moe_intermediate_size", "expert_feed_forward_length"});
  config.experts.normalise = config.gguf || fields.boolean({"norm_topk_prob"}, false);
  int64_t every = fields.integer({"decoder_sparse_step"}, 1);
  std::vector<double> dense = fields.numbers({"mlp_only_layers"});
  const ExpertSettings& experts = config.experts;
  if (experts.count <= 0 || experts.per_token <= 0 || experts.per_token > experts.count || experts.feed_forward <= 0 || every <= 0)
    return fields.fail(ErrorKind::corrupt, "the number of experts is " + std::to_string(experts.count) + " with " +
                                               std::to_string(experts.per_token) + " for a token");
  for (size_t i = 0; i < config.plan.size(); ++i) {
    bool named = std::find(dense.begin(), dense.end(), static_cast<double>(i)) != dense.end();
    config.plan[i].experts = !named && (i + 1) % static_cast<size_t>(every) == 0;
  }
}

}  // namespace loom
