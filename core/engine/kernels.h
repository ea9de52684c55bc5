// The CPU's inner loops, in three instruction sets chosen at run time. fp32 throughout: weights
// stay as they are stored (16-bit numbers, GGUF's quantised blocks) and are widened on the way into
// registers. A row's result never depends on how many other rows are in the call: each row has
// accumulators of its own, filled in the same order for every batch size. Checked against plain
// loops in the tests.
#pragma once

#include <cstddef>
#include <cstdint>

#include "core/model_files/tensor_info.h"

namespace loom::kernels {

// Attention of some queries over the keys of one page. Scores are scaled dot products; the partial
// result is their maximum, the sum of exponentials and the weighted sum of values.
struct PartialAttention {
  float maximum, sum;  // -infinity and 0 where nothing is seen
};

// Keys and values [tokens, d]; keys in panels are [tokens / panel_outputs, d, panel_outputs] (see
// Table): nothing has to be turned over before scores are computed. A soft_cap above 0 bends scores
// by soft_cap * tanh(score / soft_cap).
struct AttendedPage {
  const float *keys, *values;
  int64_t tokens, d;
  float scale, soft_cap;
  bool panels = false;
};

// The tokens [begin, end) of a page that a query sees.
struct SeenTokens {
  int64_t begin, end;
};

// So many queries and tokens meet while they are in the cache.
constexpr int64_t kAttendRows = 96, kAttendTokens = 128;
constexpr int64_t attend_scratch(int64_t d) {
  return kAttendRows * kAttendTokens + 64 * d;
}

// So many outputs of few rows are computed together.
constexpr int kLinearOutputs = 3;

// Weights as stored, one output's `inputs` numbers after the other.
struct StoredMatrix {
  WeightType type = WeightType::f32;
  const std::byte* rows = nullptr;
  int64_t row_bytes = 0, outputs = 0, inputs = 0;
};

// Part of a matrix in fp32, packed for multiply(): [inputs, Table::panel_outputs], outputs beyond
// the matrix are zero.
struct Panel {
  const float* weights;
  int64_t inputs, outputs;  // outputs: those that exist, at most Table::panel_outputs
};

// A head of a linear recurrence with a state S [keys, values] (rows one after the other). A token
// makes it S = diag(decay) S + key value^T and reads query S. With a bonus it reads
// query (S_before + diag(bonus) key value^T) instead; with a removal S gains replacement
// (removal S_before). Strides are from token to token, in floats; `decay_step` is 0 where all keys
// decay alike.
struct RecurrentHead {
  int64_t keys, values;
  const float *query, *key, *value, *decay;
  const float* bonus = nullptr;                            // the same for all tokens
  const float *removal = nullptr, *replacement = nullptr;  // with the keys' stride
  int64_t query_stride, key_stride, value_stride, decay_stride, decay_step;
};

// Channels of Mamba's selective scan with `states` numbers each: state = exp(step rate) state +
// step x in, y = out state + skip x. All but in and out are [..., channels].
struct SelectiveChannels {
  int64_t channels, states;
  const float *x, *step, *rate, *skip;  // [tokens], [tokens], [states], one row; rate <= 0
  const float *in, *out;                // [tokens, row_stride], the first `states` of a row
  int64_t row_stride;
  float *state, *y;  // [states], [tokens]
};

struct Table {
  const char* name;  // "avx512", "avx2", "baseline"
  int64_t panel_outputs;
  // Writes `elements` numbers, whole blocks of the type.
  void (*widen)(WeightType type, const std::byte* stored, float* out, int64_t elements);
  // y[r, n] = sum_k x[r, k] * w[n, k] (+ bias[n]) for n in [begin, end), few rows; y is [rows,
  // outputs]. scratch: kLinearOutputs * w.inputs floats.
  void (*linear)(const StoredMatrix& w, const float* bias, const float* x, float* y, int64_t begin,
                 int64_t end, int64_t rows, float* scratch);
  // Widens inputs [from, from + inputs) of panel_outputs outputs beginning with `first`.
  // scratch: 16 * inputs floats.
  void (*pack)(const StoredMatrix& w, int64_t first, int64_t from, int64_t inputs, float* panel,
               float* scratch);
  // y[r, n] (+)= sum_k x[r, k] * panel[k, n] for many rows; strides are in floats.
  void (*multiply)(const Panel& panel, const float* x, int64_t x_stride, int64_t rows, float* y,
                   int64_t y_stride, bool add);
  // One row: x * rsqrt(mean(x^2) + epsilon) * weight.
  void (*rms_norm)(const float* x, const float* weight, float* y, int64_t n, float epsilon);
  // gate = silu(gate) * up, elementwise.
  void (*swiglu)(float* gate, const float* up, int64_t n);
  // gate = gelu(gate) * up in the tanh form, elementwise.
  void (*geglu)(float* gate, const float* up, int64_t n);
  // queries [count, d] against one page, each against what it sees of it, all of it where `seen` is
  // null: writes weighted values (not yet divided by the sum) to out [count, d] and the partial
  // sums. scratch: attend_scratch(d) floats.
  void (*attend)(const AttendedPage& page, const float* queries, int64_t count,
                 const SeenTokens* seen, float* out, PartialAttention* partial, float* scratch);
  // `tokens` tokens of one head; state [keys, values] is changed, out has value's stride.
  void (*recur)(const RecurrentHead& head, int64_t tokens, float* state, float* out);
  // Channels [begin, end), multiples of 16 but for the last: then a channel is always computed in
  // the same way.
  void (*selective_scan)(const SelectiveChannels& scan, int64_t tokens, int64_t begin, int64_t end);
};

const Table& table();                        // the widest this processor has
const Table* table_named(const char* name);  // nullptr when the processor lacks it

}  // namespace loom::kernels
