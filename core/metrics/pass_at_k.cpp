#include "core/metrics/pass_at_k.h"

namespace loom {

double pass_at_k(size_t samples, size_t passed, size_t k) {
  if (samples - passed < k) return 1;
  double none = 1;
  for (size_t i = samples - passed + 1; i <= samples; ++i)
    none *= 1 - static_cast<double>(k) / static_cast<double>(i);
  return 1 - none;
}

}  // namespace loom
