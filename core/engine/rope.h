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

// Yet another RoPE extension (Peng et al. 2023, arXiv 2309.00071).
struct YarnScaling {
  double factor = 1, original_window = 0, beta_fast = 32, beta_slow = 1;
  bool truncate = true;  // whole dimensions as limits of the ramp
  double score_weight = 0;  // "mscale_all_dim": scores grow with the factor too (DeepSeek-V2)
};

// The base grows with the text beyond the original window ("dynamic NTK").
struct DynamicScaling {
  double factor = 1, original_window = 0;
};

// LongRoPE (Ding et al. 2024, arXiv 2402.13753): one divisor per frequency, other ones for texts
// longer than the original window.
struct LongRopeScaling {
  std::vector<double> short_divisors, long_divisors;
  int64_t original_window = 0;
};

struct RopeSettings {
  int64_t dimensions = 0;  // of a head that turn; the others stay
  double theta = 10000;
  double linear_factor = 1;  // positions are divided by it
  double magnitude = 1;      // cosine and sine are multiplied by it
  std::optional<Llama3Scaling> llama3;
  std::optional<YarnScaling> yarn;
  std::optional<DynamicScaling> dynamic;
  std::optional<LongRopeScaling> longrope;
  std::vector<double> divisors;  // GGUF's rope_freqs: frequency i is divided by divisors[i]
};

// Texts whose lengths have the same variant turn with the same frequencies; 0 when all do.
int64_t rope_variant(const RopeSettings& settings, int64_t length);

// Inverse frequencies for a text of `length` tokens, dimensions / 2 of them, computed in float as
// the reference does.
std::vector<float> rope_frequencies(const RopeSettings& settings, int64_t length = 0);

// Cosine and sine of positions [count] → [count, dimensions / 2], fp32 on the CPU.
struct RopeTable {
  at::Tensor cosine, sine;
};
RopeTable rope_table(const std::vector<float>& frequencies, const std::vector<int64_t>& positions, double magnitude = 1);

// x [tokens, heads, d] in place.
void apply_rope(at::Tensor& x, const RopeTable& table);

}  // namespace loom
