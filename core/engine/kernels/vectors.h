// Vectors of LOOM_LANES floats through the compiler's vector types. Included by kernels_body.h
// only.

constexpr int64_t kLanes = LOOM_LANES;
typedef float Vec __attribute__((vector_size(LOOM_LANES * 4)));
typedef int32_t VecInt __attribute__((vector_size(LOOM_LANES * 4)));

inline Vec load(const float* p) {
  Vec v;
  std::memcpy(&v, p, sizeof v);
  return v;
}
inline void store(float* p, Vec v) {
  std::memcpy(p, &v, sizeof v);
}
// Minus zero, because plus zero would have to be added: it changes -0.
inline Vec splat(float x) {
  return x - Vec{};
}

// f(0), f(1) ... f(N - 1) with constant indices: what they index stays in registers.
template <int N, typename F>
__attribute__((always_inline)) inline void each(F f) {
  [&]<int... I>(std::integer_sequence<int, I...>) __attribute__((always_inline)) {
    (f(std::integral_constant<int, I>()), ...);
  }
  (std::make_integer_sequence<int, N>());
}

// Memory is slow beside the products: what comes next is fetched while this is computed.
inline void prefetch(const void* from, int64_t bytes) {
  for (int64_t i = 0; i < bytes; i += 64)
    __builtin_prefetch(static_cast<const char*>(from) + i, 0, 2);
}

// Lane i of the result is lane i of a where bit `Step` of i is clear, else lane i - Step of b; and
// the other way round for the upper half.
template <int Step>
inline void exchange(Vec& a, Vec& b) {
  VecInt low, high;
  for (int i = 0; i < LOOM_LANES; ++i) {
    low[i] = i & Step ? LOOM_LANES + i - Step : i;
    high[i] = i & Step ? LOOM_LANES + i : i + Step;
  }
  Vec first = __builtin_shuffle(a, b, low), second = __builtin_shuffle(a, b, high);
  a = first;
  b = second;
}

template <int Step>
inline void transpose_by(Vec (&rows)[LOOM_LANES]) {
  if constexpr (Step > 0) {
#pragma GCC unroll 16
    for (int i = 0; i < LOOM_LANES; ++i)
      if (!(i & Step)) exchange<Step>(rows[i], rows[i + Step]);
    transpose_by<Step / 2>(rows);
  }
}

inline void transpose(Vec (&rows)[LOOM_LANES]) {
  transpose_by<LOOM_LANES / 2>(rows);
}

template <int Width>
inline Vec fold(Vec v) {
  if constexpr (Width > 0) {
    VecInt upper;
    for (int i = 0; i < LOOM_LANES; ++i) upper[i] = (i + Width) % LOOM_LANES;
    return fold<Width / 2>(v + __builtin_shuffle(v, upper));
  } else {
    return v;
  }
}

// Pairwise, so that the order is fixed.
inline float reduce(Vec v) {
  return fold<LOOM_LANES / 2>(v)[0];
}

// The larger and the smaller of two in every lane; b where one is NaN.
inline Vec larger(Vec a, Vec b) {
#if defined(__AVX512F__)
  return _mm512_max_ps(a, b);
#elif defined(__AVX__)
  return _mm256_max_ps(a, b);
#else
  return a > b ? a : b;
#endif
}
inline Vec smaller(Vec a, Vec b) {
#if defined(__AVX512F__)
  return _mm512_min_ps(a, b);
#elif defined(__AVX__)
  return _mm256_min_ps(a, b);
#else
  return a < b ? a : b;
#endif
}

// exp with a relative error below 3e-7 between -87 and 88; beyond them as at them, NaN stays NaN.
// Cody-Waite reduction by ln 2 and a polynomial of degree 6. Adding 1.5 * 2^23 rounds to the nearest
// integer, which then stands in the lowest bits: from there it moves into the exponent.
inline Vec exponential(Vec x) {
  constexpr float kRound = 12582912.0f;
  x = smaller(splat(88.0f), larger(splat(-87.0f), x));
  const Vec rounded = x * 1.44269504088896341f + kRound;
  const Vec whole = rounded - kRound;
  Vec r = x - whole * 0.693359375f;
  r = r - whole * -2.12194440e-4f;
  Vec p = splat(1.0f / 720.0f);
  p = p * r + 1.0f / 120.0f;
  p = p * r + 1.0f / 24.0f;
  p = p * r + 1.0f / 6.0f;
  p = p * r + 0.5f;
  p = p * r + 1.0f;
  p = p * r + 1.0f;
  VecInt n, bits;
  std::memcpy(&n, &rounded, sizeof n);
  std::memcpy(&bits, &p, sizeof bits);
  bits += n << 23;
  std::memcpy(&p, &bits, sizeof p);
  return p;
}

inline float exponential_one(float x) {
  float lane[kLanes] = {};
  lane[0] = x;
  Vec v = exponential(load(lane));
  std::memcpy(lane, &v, sizeof v);
  return lane[0];
}
