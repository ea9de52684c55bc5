// pass@k (Chen et al. 2021, "Evaluating Large Language Models Trained on Code", section 2.1).
#pragma once

#include <cstddef>

namespace loom {

// The unbiased estimate from `samples` programs of which `passed` pass: the chance that k of them,
// drawn without replacement, hold one that passes. k is at most `samples`.
double pass_at_k(size_t samples, size_t passed, size_t k);

}  // namespace loom
