// Rotary position embedding (Su et al. 2021, arXiv 2104.09864), half-rotation layout: dimension i
// turns with dimension i + d/2.
#pragma once

#include <ATen/core/Tensor.h>

#include <optional>
#include <vector>

namespace loom {

// Llama 3.1's frequency scaling (config.json "rope_scaling", rope_type "llama3").
struct Llama3Scaling {
  double factor = 8, low_frequency = 1, high_frequency = 4, original_window = 8192;
};

struct RopeSettings {
  int64_t dimensions = 0;
  double theta = 10000;
  double linear_factor = 1;  // positions are divided by it
  std::optional<Llama3Scaling> llama3;
  std::vector<double> divisors;  // GGUF's rope_freqs: frequency i is divided by divisors[i]
};

// Inverse frequencies, dimensions / 2 of them, computed in float as the reference does.
std::vector<float> rope_frequencies(const RopeSettings& settings);

// Cosine and sine of positions [count] → [count, dimensions / 2], fp32 on the CPU.
struct RopeTable {
  at::Tensor cosine, sine;
};
RopeTable rope_table(const std::vector<float>& frequencies, const std::vector<int64_t>& positions);

// x [tokens, heads, d] in place.
void apply_rope(at::Tensor& x, const RopeTable& table);

}  // namespace loom
