// Products of many rows, through packed panels. Included by kernels_body.h only.

constexpr int64_t kTileVectors = LOOM_LANES == 16 ? 4 : 2;  // outputs of a tile, in vectors
constexpr int64_t kTileRows = 6;  // with the panel's vectors and one of x: all registers
constexpr int64_t kPanelOutputs = kTileVectors * kLanes;

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

// Memory that is fetched while something else is computed: `lines` of 64 bytes with each step.
struct Coming {
  const char *at = nullptr, *end = nullptr;
  int64_t lines = 0;
  Coming() = default;
  Coming(const float* from, int64_t floats, int64_t steps)
      : at(reinterpret_cast<const char*>(from)),
        end(reinterpret_cast<const char*>(from + floats)),
        lines((floats / 16 + steps - 1) / steps) {}
  void step() {
    for (int64_t i = 0; i < lines && at < end; ++i, at += 64) prefetch_line(at, 0);
  }
};

// y [R, Vectors * kLanes] (+)= x [R, k] times b [k, Vectors * kLanes].
template <int R, int Vectors>
inline void tile(const float* x, int64_t x_stride, const float* b, int64_t b_stride, int64_t k,
                 float* y, int64_t y_stride, bool add, Coming& coming) {
  Vec sums[R * Vectors];
  each<R * Vectors>([&](auto at) __attribute__((always_inline)) {
    sums[at] = add ? load(y + at / Vectors * y_stride + at % Vectors * kLanes) : Vec{};
  });
  for (int64_t i = 0; i < k; ++i) {
    Vec w[Vectors];
    each<Vectors>([&](auto v) __attribute__((always_inline)) {
      w[v] = load(b + i * b_stride + v * kLanes);
    });
    coming.step();
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
                   bool add, Coming& coming) {
  if (panel.outputs == kPanelOutputs)
    return tile<R, kTileVectors>(x, x_stride, panel.weights, kPanelOutputs, panel.inputs, y,
                                 y_stride, add, coming);
  float part[R * kPanelOutputs] = {};
  auto bytes = static_cast<size_t>(panel.outputs) * sizeof(float);
  for (int r = 0; r < R && add; ++r) std::memcpy(part + r * kPanelOutputs, y + r * y_stride, bytes);
  tile<R, kTileVectors>(x, x_stride, panel.weights, kPanelOutputs, panel.inputs, part,
                        kPanelOutputs, add, coming);
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

void multiply_meanwhile(const Panel& panel, const float* x, int64_t x_stride, int64_t rows,
                        float* y, int64_t y_stride, bool add, Coming& coming) {
  by_rows(rows, [&](auto count, int64_t r) {
    tile_of_panel<decltype(count)::value>(panel, x + r * x_stride, x_stride, y + r * y_stride,
                                          y_stride, add, coming);
  });
}

void multiply(const Panel& panel, const float* x, int64_t x_stride, int64_t rows, float* y,
              int64_t y_stride, bool add) {
  Coming nothing;
  multiply_meanwhile(panel, x, x_stride, rows, y, y_stride, add, nothing);
}
