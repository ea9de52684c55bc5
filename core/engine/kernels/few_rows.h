// Products of few rows, straight from the stored weights. Included by kernels_body.h only.

constexpr int kRegisters = LOOM_LANES == 16 ? 32 : 16;

// How a row of weights is read: kLanes of them, or an element alone by one(i). With the former,
// what lies `ahead` bytes further is fetched: memory then keeps up with the products.
struct Floats {
  const float* p;
  int64_t ahead = 0;
  Vec vector(int64_t i) const {
    prefetch_line(p + i, ahead);
    return load(p + i);
  }
  float one(int64_t i) const { return p[i]; }
};

template <WeightType Type>
struct Sixteen {
  const uint16_t* p;
  int64_t ahead = 0;
  Vec vector(int64_t i) const {
    prefetch_line(p + i, ahead);
    return load(p + i, std::integral_constant<WeightType, Type>());
  }
  float one(int64_t i) const { return number(p[i], std::integral_constant<WeightType, Type>()); }
};

// Rows and outputs that few-row products compute together: each number that is read serves several.
constexpr int kDotRows = LOOM_LANES == 16 ? 8 : 4, kDotOutputs = kLinearOutputs;

// Rows of so many inputs that are taken together: they must stay in the innermost cache.
inline int64_t rows_together(int64_t inputs) {
  return kDotRows * inputs <= 8192 ? kDotRows : 4;
}

// sums[r * N + n] += the products of every second vector, beginning with `first`.
template <int R, int N, typename Weights>
__attribute__((always_inline)) inline void every_second(const Weights* w, const float* x,
                                                        int64_t stride, int64_t first, int64_t end,
                                                        Vec (&sums)[R * N]) {
  for (int64_t i = first; i < end; i += 2 * kLanes) {
    Vec weights[N];
    each<N>([&](auto n) __attribute__((always_inline)) { weights[n] = w[n].vector(i); });
    each<R>([&](auto r) __attribute__((always_inline)) {
      const Vec one = held(load(x + r * stride + i));
      each<N>([&](auto n) __attribute__((always_inline)) { sums[r * N + n] += weights[n] * one; });
    });
  }
}

// R rows against N weight rows. Two sums each, of even and of odd vectors, hide the latency of the
// additions; where both kinds do not stay in registers, one is done after the other. A sum's order
// is the same for every R and N.
template <int R, int N, typename Weights>
inline void dot_tile(const Weights* w, int64_t k, const float* bias, const float* x, float* y,
                     int64_t stride) {
  Vec even[R * N] = {}, odd[R * N] = {};
  const int64_t whole = k / (2 * kLanes) * (2 * kLanes);
  if constexpr (2 * R * N + N < kRegisters) {
    for (int64_t i = 0; i < whole; i += 2 * kLanes) {
      every_second<R, N>(w, x, k, i, i + 1, even);
      every_second<R, N>(w, x, k, i + kLanes, i + kLanes + 1, odd);
    }
  } else {
    every_second<R, N>(w, x, k, 0, whole, even);
    every_second<R, N>(w, x, k, kLanes, whole, odd);
  }
  each<R * N>([&](auto at) __attribute__((always_inline)) { even[at] += odd[at]; });
  float sums[R * N];
  reduce_all<R * N>(even, sums);
  each<R * N>([&](auto at) __attribute__((always_inline)) {
    constexpr int r = at / N, n = at % N;
    float sum = sums[at];
    for (int64_t j = whole; j < k; ++j) sum += w[n].one(j) * x[r * k + j];
    y[r * stride + n] = bias ? sum + bias[n] : sum;
  });
}

// All rows against N weight rows.
template <int N, typename Weights>
inline void dot_outputs(const Weights* w, int64_t k, const float* bias, const float* x, float* y,
                        int64_t stride, int64_t rows) {
  each<kDotRows>([&](auto r) __attribute__((always_inline)) {
    if (rows == r + 1) dot_tile<r + 1, N>(w, k, bias, x, y, stride);
  });
}

// Up to kDotOutputs outputs whose weights `weights(n)` gives; y and bias begin with the first. One
// row `alone` only waits for them: they come quickest one after the other.
template <typename WeightsOf>
inline void dot_group(WeightsOf weights, int64_t count, int64_t k, const float* bias,
                      const float* x, float* y, int64_t stride, int64_t rows, bool alone) {
  if (!alone && count == kDotOutputs) {
    const decltype(weights(0)) some[] = {weights(0), weights(1), weights(2)};
    return dot_outputs<kDotOutputs>(some, k, bias, x, y, stride, rows);
  }
  for (int64_t n = 0; n < count; ++n) {
    const auto one = weights(n);
    dot_outputs<1>(&one, k, bias ? bias + n : nullptr, x, y + n, stride, rows);
  }
}

void linear(const StoredMatrix& w, const float* bias, const float* x, float* y, int64_t begin,
            int64_t end, int64_t rows, float* scratch) {
  const int64_t together = rows_together(w.inputs);
  // Some outputs for all rows: what comes next from memory arrives meanwhile.
  for (int64_t first = begin; first < end; first += kDotOutputs) {
    const int64_t count = std::min<int64_t>(kDotOutputs, end - first);
    const std::byte* stored = w.rows + first * w.row_bytes;
    int64_t ahead = kDotOutputs * w.row_bytes;  // nothing is left to fetch for later rows
    auto groups = [&](auto weights, bool in_place) {
      for (int64_t r = 0; r < rows; r += together, ahead = 0)
        dot_group(weights, count, w.inputs, bias ? bias + first : nullptr, x + r * w.inputs,
                  y + r * w.outputs + first, w.outputs, std::min(together, rows - r),
                  rows == 1 && in_place);
    };
    auto row = [&](int64_t n) { return stored + n * w.row_bytes; };
    auto numbers = [&](int64_t n) { return reinterpret_cast<const uint16_t*>(row(n)); };
    switch (w.type) {
      case WeightType::f32:
        groups(
            [&](int64_t n) {
              return Floats{reinterpret_cast<const float*>(row(n)), ahead};
            },
            true);
        break;
      case WeightType::f16:
        groups([&](int64_t n) { return Sixteen<WeightType::f16>{numbers(n), ahead}; }, true);
        break;
      case WeightType::bf16:
        groups([&](int64_t n) { return Sixteen<WeightType::bf16>{numbers(n), ahead}; }, true);
        break;
      default:
        for (int64_t n = 0; n < count; ++n) {
          prefetch(row(n) + ahead, w.row_bytes);
          widen(w.type, row(n), scratch + n * w.inputs, w.inputs);
        }
        groups([&](int64_t n) { return Floats{scratch + n * w.inputs}; }, false);
    }
  }
}
