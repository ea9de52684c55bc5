// The CPU's inner loops, in three instruction sets chosen at run time. fp32 throughout. A row's
// result never depends on how many other rows are in the call: each row has accumulators of its
// own, filled in the same order for every batch size. Checked against plain loops in the tests.
#pragma once

#include <cstddef>
#include <cstdint>

namespace loom::kernels {

// Attention of some queries over the keys of one page. Scores are scaled dot products; the partial
// result is the running maximum, the sum of exponentials and the weighted sum of values.
struct PartialAttention {
  float maximum, sum;
};

struct Table {
  const char* name;  // "avx512", "avx2", "baseline"
  // y[r, n] = sum_k x[r, k] * w[n, k] (+ bias[n]) for n in [begin, end); w is [outputs, k] row-major.
  void (*linear)(const float* w, const float* bias, const float* x, float* y, int64_t begin,
                 int64_t end, int64_t outputs, int64_t k, int64_t rows);
  // One row: x * rsqrt(mean(x^2) + epsilon) * weight.
  void (*rms_norm)(const float* x, const float* weight, float* y, int64_t n, float epsilon);
  // gate = silu(gate) * up, elementwise.
  void (*swiglu)(float* gate, const float* up, int64_t n);
  // gate = gelu(gate) * up in the tanh form, elementwise.
  void (*geglu)(float* gate, const float* up, int64_t n);
  // queries [count, d] against keys [tokens, d] and values [tokens, d]: writes weighted values
  // (not yet divided by the sum) to out [count, d] and the partial sums. A soft_cap above 0 bends
  // scores by soft_cap * tanh(score / soft_cap). scratch: tokens floats.
  void (*attend)(const float* queries, int64_t count, const float* keys, const float* values,
                 int64_t tokens, int64_t d, float scale, float soft_cap, float* out,
                 PartialAttention* partial, float* scratch);
};

const Table& table();                  // the widest this processor has
const Table* table_named(const char* name);  // nullptr when the processor lacks it

}  // namespace loom::kernels
