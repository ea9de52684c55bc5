// Which stored positions the newest tokens of a sequence see.
#pragma once

#include <ATen/core/Tensor.h>

#include "core/engine/attention.h"

namespace loom {

// The first position that any of the newest `tokens` tokens sees.
int64_t first_seen(int64_t total, int64_t tokens, const AttentionSettings& settings);
// 0 where the newest `tokens` tokens see the positions [first, total), -infinity elsewhere: added to
// scores, fp32 [tokens, total - first].
at::Tensor added_mask(int64_t first, int64_t total, int64_t tokens, const AttentionSettings& settings,
                      c10::Device device);

}  // namespace loom
