// Included once per instruction set with LOOM_KERNEL_SET naming the namespace and LOOM_LANES the
// floats of one register. Not a header for anybody else.
#include <cmath>
#include <cstring>

#include "core/engine/kernels.h"

namespace loom::kernels::LOOM_KERNEL_SET {
namespace {

constexpr int64_t kLanes = LOOM_LANES;
typedef float Vec __attribute__((vector_size(LOOM_LANES * 4)));
typedef int32_t VecInt __attribute__((vector_size(LOOM_LANES * 4)));

inline Vec load(const float* p) {
  Vec v;
  std::memcpy(&v, p, sizeof v);
  return v;
}
inline void store(float* p, Vec v) { std::memcpy(p, &v, sizeof v); }
inline Vec splat(float x) { return Vec{} + x; }

// Pairwise, so that the order is fixed.
inline float reduce(Vec v) {
  float lane[kLanes];
  std::memcpy(lane, &v, sizeof v);
  for (int64_t width = kLanes / 2; width > 0; width /= 2)
    for (int64_t i = 0; i < width; ++i) lane[i] += lane[i + width];
  return lane[0];
}

// exp with a relative error below 3e-7 for x <= 0; smaller than exp(-87) counts as zero.
// Cody-Waite reduction by ln 2 and a polynomial of degree 6.
inline Vec exponential(Vec x) {
  x = x < splat(-87.0f) ? splat(-87.0f) : x;
  x = x > splat(88.0f) ? splat(88.0f) : x;
  Vec scaled = x * 1.44269504088896341f;
  VecInt n = __builtin_convertvector(scaled + (scaled < splat(0.0f) ? splat(-0.5f) : splat(0.5f)), VecInt);
  Vec whole = __builtin_convertvector(n, Vec);
  Vec r = x - whole * 0.693359375f;
  r = r - whole * -2.12194440e-4f;
  Vec p = splat(1.0f / 720.0f);
  p = p * r + 1.0f / 120.0f;
  p = p * r + 1.0f / 24.0f;
  p = p * r + 1.0f / 6.0f;
  p = p * r + 0.5f;
  p = p * r + 1.0f;
  p = p * r + 1.0f;
  VecInt bits = (n + 127) << 23;
  Vec power;
  std::memcpy(&power, &bits, sizeof power);
  return p * power;
}

inline float exponential_one(float x) {
  float lane[kLanes] = {};
  lane[0] = x;
  Vec v = exponential(load(lane));
  std::memcpy(lane, &v, sizeof v);
  return lane[0];
}

// R rows against one weight row; two accumulators a row hide the latency of the additions.
template <int R>
inline void dot_rows(const float* w, const float* x, int64_t stride, int64_t k, float* out) {
  Vec even[R] = {}, odd[R] = {};
  int64_t i = 0;
  for (; i + 2 * kLanes <= k; i += 2 * kLanes) {
    Vec w0 = load(w + i), w1 = load(w + i + kLanes);
    for (int r = 0; r < R; ++r) {
      even[r] += w0 * load(x + r * stride + i);
      odd[r] += w1 * load(x + r * stride + i + kLanes);
    }
  }
  for (int r = 0; r < R; ++r) {
    float sum = reduce(even[r] + odd[r]);
    for (int64_t j = i; j < k; ++j) sum += w[j] * x[r * stride + j];
    out[r] = sum;
  }
}

template <int R>
void linear_block(const float* w, const float* bias, const float* x, float* y, int64_t begin, int64_t end,
                  int64_t outputs, int64_t k) {
  float sums[R];
  for (int64_t n = begin; n < end; ++n) {
    dot_rows<R>(w + n * k, x, k, k, sums);
    for (int r = 0; r < R; ++r) y[r * outputs + n] = bias ? sums[r] + bias[n] : sums[r];
  }
}

void linear(const float* w, const float* bias, const float* x, float* y, int64_t begin, int64_t end,
            int64_t outputs, int64_t k, int64_t rows) {
  int64_t r = 0;
  for (; r + 8 <= rows; r += 8) linear_block<8>(w, bias, x + r * k, y + r * outputs, begin, end, outputs, k);
  if (r + 4 <= rows) {
    linear_block<4>(w, bias, x + r * k, y + r * outputs, begin, end, outputs, k);
    r += 4;
  }
  if (r + 2 <= rows) {
    linear_block<2>(w, bias, x + r * k, y + r * outputs, begin, end, outputs, k);
    r += 2;
  }
  if (r < rows) linear_block<1>(w, bias, x + r * k, y + r * outputs, begin, end, outputs, k);
}

void rms_norm(const float* x, const float* weight, float* y, int64_t n, float epsilon) {
  float square;
  dot_rows<1>(x, x, 0, n, &square);
  float scale = 1.0f / std::sqrt(square / static_cast<float>(n) + epsilon);
  for (int64_t i = 0; i < n; ++i) y[i] = x[i] * scale * weight[i];
}

void swiglu(float* gate, const float* up, int64_t n) {
  int64_t i = 0;
  for (; i + kLanes <= n; i += kLanes) {
    Vec g = load(gate + i);
    store(gate + i, g / (1.0f + exponential(-g)) * load(up + i));
  }
  for (; i < n; ++i) gate[i] = gate[i] / (1.0f + exponential_one(-gate[i])) * up[i];
}

// gelu(x) in the tanh form is x * sigmoid(2 u), u = sqrt(2 / pi) * (x + 0.044715 x^3).
void geglu(float* gate, const float* up, int64_t n) {
  constexpr float a = 2 * 0.7978845608028654f, b = a * 0.044715f;
  int64_t i = 0;
  for (; i + kLanes <= n; i += kLanes) {
    Vec g = load(gate + i);
    store(gate + i, g / (1.0f + exponential(-g * (a + b * g * g))) * load(up + i));
  }
  for (; i < n; ++i) gate[i] = gate[i] / (1.0f + exponential_one(-gate[i] * (a + b * gate[i] * gate[i]))) * up[i];
}

void add_values(const float* weights, const float* values, int64_t tokens, int64_t d, float* out) {
  int64_t c = 0;
  for (; c + 4 * kLanes <= d; c += 4 * kLanes) {
    Vec a0 = {}, a1 = {}, a2 = {}, a3 = {};
    for (int64_t t = 0; t < tokens; ++t) {
      const float* v = values + t * d + c;
      Vec p = splat(weights[t]);
      a0 += p * load(v);
      a1 += p * load(v + kLanes);
      a2 += p * load(v + 2 * kLanes);
      a3 += p * load(v + 3 * kLanes);
    }
    store(out + c, a0);
    store(out + c + kLanes, a1);
    store(out + c + 2 * kLanes, a2);
    store(out + c + 3 * kLanes, a3);
  }
  for (; c + kLanes <= d; c += kLanes) {
    Vec sum = {};
    for (int64_t t = 0; t < tokens; ++t) sum += splat(weights[t]) * load(values + t * d + c);
    store(out + c, sum);
  }
  for (; c < d; ++c) {
    float sum = 0;
    for (int64_t t = 0; t < tokens; ++t) sum += weights[t] * values[t * d + c];
    out[c] = sum;
  }
}

void attend(const float* queries, int64_t count, const float* keys, const float* values, int64_t tokens,
            int64_t d, float scale, float soft_cap, float* out, PartialAttention* partial, float* scratch) {
  for (int64_t q = 0; q < count; ++q) {
    const float* query = queries + q * d;
    float maximum = -INFINITY;
    for (int64_t t = 0; t < tokens; ++t) {
      float score;
      dot_rows<1>(keys + t * d, query, 0, d, &score);
      scratch[t] = score * scale;
      if (soft_cap > 0) scratch[t] = soft_cap * std::tanh(scratch[t] / soft_cap);
      maximum = scratch[t] > maximum ? scratch[t] : maximum;
    }
    Vec sums = {};
    int64_t t = 0;
    for (; t + kLanes <= tokens; t += kLanes) {
      Vec e = exponential(load(scratch + t) - maximum);
      store(scratch + t, e);
      sums += e;
    }
    float sum = reduce(sums);
    for (; t < tokens; ++t) {
      scratch[t] = exponential_one(scratch[t] - maximum);
      sum += scratch[t];
    }
    partial[q] = {maximum, sum};
    add_values(scratch, values, tokens, d, out + q * d);
  }
}

}  // namespace

extern const Table kTable;
const Table kTable = {LOOM_KERNEL_NAME, linear, rms_norm, swiglu, geglu, attend};

}  // namespace loom::kernels::LOOM_KERNEL_SET
