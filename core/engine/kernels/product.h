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

// sums[r] += the products of every second vector, beginning with `first`.
template <int R, typename Weights>
__attribute__((always_inline)) inline void every_second(Weights w, const float* x, int64_t stride,
                                                        int64_t first, int64_t end,
                                                        Vec (&sums)[R]) {
  for (int64_t i = first; i < end; i += 2 * kLanes) {
    const Vec weights = w.vector(i);
    each<R>([&](auto r)
                __attribute__((always_inline)) { sums[r] += weights * load(x + r * stride + i); });
  }
}

// R rows against one weight row. Two sums a row, of even and of odd vectors, hide the latency of
// the additions; where both kinds do not stay in registers, one is done after the other.
template <int R, typename Weights>
inline void dot_rows(Weights w, const float* x, int64_t stride, int64_t k, float* out) {
  Vec even[R] = {}, odd[R] = {};
  const int64_t whole = k / (2 * kLanes) * (2 * kLanes);
  if constexpr (2 * R + 2 <= kRegisters) {
    for (int64_t i = 0; i < whole; i += 2 * kLanes) {
      const Vec w0 = w.vector(i), w1 = w.vector(i + kLanes);
      each<R>([&](auto r) __attribute__((always_inline)) {
        even[r] += w0 * load(x + r * stride + i);
        odd[r] += w1 * load(x + r * stride + i + kLanes);
      });
    }
  } else {
    every_second<R>(w, x, stride, 0, whole, even);
    every_second<R>(w, x, stride, kLanes, whole, odd);
  }
  each<R>([&](auto r) __attribute__((always_inline)) {
    float sum = reduce(even[r] + odd[r]);
    for (int64_t j = whole; j < k; ++j) sum += w.one(j) * x[r * stride + j];
    out[r] = sum;
  });
}

template <int R, typename Weights>
inline void dot_block(Weights w, int64_t k, const float* bias, const float* x, float* y,
                      int64_t stride) {
  float sums[R];
  dot_rows<R>(w, x, k, k, sums);
  for (int r = 0; r < R; ++r) y[r * stride] = bias ? sums[r] + *bias : sums[r];
}

// One output of every row.
template <typename Weights>
inline void one_output(Weights w, int64_t k, const float* bias, const float* x, float* y,
                       int64_t stride, int64_t rows) {
  int64_t r = 0;
  for (; r + 8 <= rows; r += 8) dot_block<8>(w, k, bias, x + r * k, y + r * stride, stride);
  if (r + 4 <= rows) {
    dot_block<4>(w, k, bias, x + r * k, y + r * stride, stride);
    r += 4;
  }
  if (r + 2 <= rows) {
    dot_block<2>(w, k, bias, x + r * k, y + r * stride, stride);
    r += 2;
  }
  if (r < rows) dot_block<1>(w, k, bias, x + r * k, y + r * stride, stride);
}

void linear(const StoredMatrix& w, const float* bias, const float* x, float* y, int64_t begin,
            int64_t end, int64_t rows, float* scratch) {
  auto outputs = [&](auto weights) {
    for (int64_t n = begin; n < end; ++n) {
      if (rows > 2 && n + 1 < end) prefetch(w.rows + (n + 1) * w.row_bytes, w.row_bytes);
      one_output(weights(w.rows + n * w.row_bytes), w.inputs, bias ? bias + n : nullptr, x, y + n,
                 w.outputs, rows);
    }
  };
  using Bytes = const std::byte*;
  if (w.type == WeightType::f32)
    return outputs([](Bytes row) { return Floats{reinterpret_cast<const float*>(row)}; });
  if (w.type == WeightType::f16)
    return outputs(
        [](Bytes row) { return Sixteen<WeightType::f16>{reinterpret_cast<const uint16_t*>(row)}; });
  if (w.type == WeightType::bf16)
    return outputs([](Bytes row) {
      return Sixteen<WeightType::bf16>{reinterpret_cast<const uint16_t*>(row)};
    });
  outputs([&](Bytes row) {
    widen(w.type, row, scratch, w.inputs);
    return Floats{scratch};
  });
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
