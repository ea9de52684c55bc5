// Which experts a token goes to, and with what weights.
#pragma once

#include "core/models/model_config.h"

namespace loom {

struct ExpertChoice {
  at::Tensor weights;  // fp32 [rows, per_token] on the CPU
  at::Tensor experts;  // int64 [rows, per_token] on the CPU
};

// `logits` [rows, experts] are the router's; `bias` [experts] corrects choices, not weights, and
// may be missing. Group-limited as in DeepSeek-V2 (arXiv 2405.04434 §2.2) and V3 (arXiv 2412.19437
// §2.1).
ExpertChoice choose_experts(const at::Tensor& logits, const at::Tensor& bias,
                            const ExpertSettings& settings);

}  // namespace loom
