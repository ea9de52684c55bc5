// Matrix products: few rows straight from the stored weights, many rows through packed panels.
// Included by kernels_body.h only.

constexpr int64_t kTileVectors = LOOM_LANES == 16 ? 4 : 2;  // outputs of a tile, in vectors
constexpr int64_t kTileRows = 6;  // with the panel's vectors and one of x: all registers
constexpr int64_t kPanelOutputs = kTileVectors * kLanes;

constexpr int kRegisters = LOOM_LANES == 16 ? 32 : 16;

// How a row of weights is read: floats by load(i), or an element alone by one(i).
struct Floats {
  const float* p;
  Vec vector(int64_t i) const { return load(p + i); }
  float one(int64_t i) const { return p[i]; }
};

template <WeightType Type>
struct Sixteen {
  const uint16_t* p;
  Vec vector(int64_t i) const { return load(p + i, std::integral_constant<WeightType, Type>()); }
  float one(int64_t i) const { return number(p[i], std::integral_constant<WeightType, Type>()); }
};

// Rows and outputs that few-row products compute together: each number that is read serves several.
constexpr int kDotRows = 4, kDotOutputs = kLinearOutputs;

// sums[r * N + n] += the products of every second vector, beginning with `first`.
template <int R, int N, typename Weights>
__attribute__((always_inline)) inline void every_second(const Weights* w, const float* x,
                                                        int64_t stride, int64_t first, int64_t end,
                                                        Vec (&sums)[R * N]) {
  for (int64_t i = first; i < end; i += 2 * kLanes) {
    Vec weights[N];
    each<N>([&](auto n) __attribute__((always_inline)) { weights[n] = w[n].vector(i); });
    each<R>([&](auto r) __attribute__((always_inline)) {
      const Vec one = load(x + r * stride + i);
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
  each<R * N>([&](auto at) __attribute__((always_inline)) {
    constexpr int r = at / N, n = at % N;
    float sum = reduce(even[at] + odd[at]);
    for (int64_t j = whole; j < k; ++j) sum += w[n].one(j) * x[r * k + j];
    y[r * stride + n] = bias ? sum + bias[n] : sum;
  });
}

// All rows against N weight rows.
template <int N, typename Weights>
inline void dot_outputs(const Weights* w, int64_t k, const float* bias, const float* x, float* y,
                        int64_t stride, int64_t rows) {
  switch (rows) {
    case 1:
      return dot_tile<1, N>(w, k, bias, x, y, stride);
    case 2:
      return dot_tile<2, N>(w, k, bias, x, y, stride);
    case 3:
      return dot_tile<3, N>(w, k, bias, x, y, stride);
    default:
      return dot_tile<kDotRows, N>(w, k, bias, x, y, stride);
  }
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
  // Some outputs for all rows: what comes next from memory arrives meanwhile.
  for (int64_t first = begin; first < end; first += kDotOutputs) {
    const int64_t count = std::min<int64_t>(kDotOutputs, end - first);
    const std::byte* stored = w.rows + first * w.row_bytes;
    bool fresh = rows > 2;  // read for the first time, and more is done than to read
    auto groups = [&](auto weights, bool in_place) {
      for (int64_t r = 0; r < rows; r += kDotRows, fresh = false)
        dot_group(weights, count, w.inputs, bias ? bias + first : nullptr, x + r * w.inputs,
                  y + r * w.outputs + first, w.outputs, std::min<int64_t>(kDotRows, rows - r),
                  rows == 1 && in_place);
    };
    auto row = [&](int64_t n) {
      const std::byte* at = stored + n * w.row_bytes;
      if (fresh && first + n + kDotOutputs < w.outputs)
        prefetch(at + kDotOutputs * w.row_bytes, w.row_bytes);
      return at;
    };
    switch (w.type) {
      case WeightType::f32:
        groups([&](int64_t n) { return Floats{reinterpret_cast<const float*>(row(n))}; }, true);
        break;
      case WeightType::f16:
        groups(
            [&](int64_t n) {
              return Sixteen<WeightType::f16>{reinterpret_cast<const uint16_t*>(row(n))};
            },
            true);
        break;
      case WeightType::bf16:
        groups(
            [&](int64_t n) {
              return Sixteen<WeightType::bf16>{reinterpret_cast<const uint16_t*>(row(n))};
            },
            true);
        break;
      default:
        for (int64_t n = 0; n < count; ++n) widen(w.type, row(n), scratch + n * w.inputs, w.inputs);
        groups([&](int64_t n) { return Floats{scratch + n * w.inputs}; }, false);
    }
  }
}

// kLanes widened rows [kLanes, inputs] become columns of the panel; `exist` of them are not zero.
inline void pack_columns(const float* widened, int64_t inputs, int64_t exist, float* panel) {
  int64_t k = 0;
  for (; k + kLanes <= inputs; k += kLanes) {
    Vec rows[kLanes];
    for (int64_t i = 0; i < kLanes; ++i)
      rows[i] = i < exist ? load(widened + i * inputs + k) : Vec{};
    transpose(rows);
    for (int64_t i = 0; i < kLanes; ++i) store(panel + (k + i) * kPanelOutputs, rows[i]);
  }
  for (; k < inputs; ++k)
    for (int64_t i = 0; i < kLanes; ++i)
      panel[k * kPanelOutputs + i] = i < exist ? widened[i * inputs + k] : 0.0f;
}

void pack(const StoredMatrix& w, int64_t first, int64_t from, int64_t inputs, float* panel,
          float* scratch) {
  BlockLayout layout = block_layout(w.type);
  auto offset = static_cast<int64_t>(layout.bytes) * (from / static_cast<int64_t>(layout.elements));
  for (int64_t group = 0; group < kPanelOutputs; group += kLanes) {
    int64_t exist = std::min(kLanes, std::max<int64_t>(0, w.outputs - first - group));
    for (int64_t i = 0; i < exist; ++i)
      widen(w.type, w.rows + (first + group + i) * w.row_bytes + offset, scratch + i * inputs,
            inputs);
    pack_columns(scratch, inputs, exist, panel + group);
  }
}

// y [R, Vectors * kLanes] (+)= x [R, k] times b [k, Vectors * kLanes].
template <int R, int Vectors>
inline void tile(const float* x, int64_t x_stride, const float* b, int64_t b_stride, int64_t k,
                 float* y, int64_t y_stride, bool add) {
  Vec sums[R * Vectors];
  each<R * Vectors>([&](auto at) __attribute__((always_inline)) {
    sums[at] = add ? load(y + at / Vectors * y_stride + at % Vectors * kLanes) : Vec{};
  });
  for (int64_t i = 0; i < k; ++i) {
    Vec w[Vectors];
    each<Vectors>([&](auto v) __attribute__((always_inline)) {
      w[v] = load(b + i * b_stride + v * kLanes);
    });
    each<R>([&](auto r) __attribute__((always_inline)) {
      const Vec one = splat(x[r * x_stride + i]);
      each<Vectors>([&](auto v)
                        __attribute__((always_inline)) { sums[r * Vectors + v] += one * w[v]; });
    });
  }
  each<R * Vectors>([&](auto at) __attribute__((always_inline)) {
    std::memcpy(y + at / Vectors * y_stride + at % Vectors * kLanes, &sums[at], sizeof(Vec));
  });
}

template <int R>
void tile_of_panel(const Panel& panel, const float* x, int64_t x_stride, float* y, int64_t y_stride,
                   bool add) {
  if (panel.outputs == kPanelOutputs)
    return tile<R, kTileVectors>(x, x_stride, panel.weights, kPanelOutputs, panel.inputs, y,
                                 y_stride, add);
  float part[R * kPanelOutputs] = {};
  auto bytes = static_cast<size_t>(panel.outputs) * sizeof(float);
  for (int r = 0; r < R && add; ++r) std::memcpy(part + r * kPanelOutputs, y + r * y_stride, bytes);
  tile<R, kTileVectors>(x, x_stride, panel.weights, kPanelOutputs, panel.inputs, part,
                        kPanelOutputs, add);
  for (int r = 0; r < R; ++r) std::memcpy(y + r * y_stride, part + r * kPanelOutputs, bytes);
}

// Calls product(count, first) for all rows, kTileRows at a time and what is left in one piece.
template <typename Product>
inline void by_rows(int64_t rows, Product product) {
  int64_t r = 0;
  for (; r + kTileRows <= rows; r += kTileRows)
    product(std::integral_constant<int, kTileRows>(), r);
  switch (rows - r) {
    case 5:
      return product(std::integral_constant<int, 5>(), r);
    case 4:
      return product(std::integral_constant<int, 4>(), r);
    case 3:
      return product(std::integral_constant<int, 3>(), r);
    case 2:
      return product(std::integral_constant<int, 2>(), r);
    case 1:
      return product(std::integral_constant<int, 1>(), r);
  }
}

void multiply(const Panel& panel, const float* x, int64_t x_stride, int64_t rows, float* y,
              int64_t y_stride, bool add) {
  by_rows(rows, [&](auto count, int64_t r) {
    tile_of_panel<decltype(count)::value>(panel, x + r * x_stride, x_stride, y + r * y_stride,
                                          y_stride, add);
  });
}
