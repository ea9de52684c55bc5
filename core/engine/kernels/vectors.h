// Vectors of LOOM_LANES floats through the compiler's vector types. Included by kernels_body.h
// only.

constexpr int64_t kLanes = LOOM_LANES;
typedef float Vec __attribute__((vector_size(LOOM_LANES * 4)));
typedef int32_t VecInt __attribute__((vector_size(LOOM_LANES * 4)));
typedef uint32_t VecBits __attribute__((vector_size(LOOM_LANES * 4)));  // may overflow: those of a NaN

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

// In a register: the compiler would rather read it again for each use.
inline Vec held(Vec v) {
#if defined(__AVX512F__)
  asm("" : "+v"(v));
#elif defined(__x86_64__)
  asm("" : "+x"(v));
#endif
  return v;
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
inline void prefetch_line(const void* from, int64_t ahead) {
  __builtin_prefetch(static_cast<const char*>(from) + ahead, 0, 2);
}
inline void prefetch(const void* from, int64_t bytes) {
  for (int64_t i = 0; i < bytes; i += 64) prefetch_line(from, i);
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

// All lanes in one: `join` of the vector and its halves, of a half's halves and so on.
template <int Width, typename Join>
__attribute__((always_inline)) inline Vec fold(Vec v, Join join) {
  if constexpr (Width > 0) {
    VecInt upper;
    for (int i = 0; i < LOOM_LANES; ++i) upper[i] = (i + Width) % LOOM_LANES;
    return fold<Width / 2>(join(v, __builtin_shuffle(v, upper)), join);
  } else {
    return v;
  }
}

// Pairwise, so that the order is fixed.
inline float reduce(Vec v) {
  return fold<LOOM_LANES / 2>(v, [](Vec a, Vec b) { return a + b; })[0];
}

// reduce() of Count vectors at once: each step adds the halves of two vectors into one.
template <int Count, int Width>
__attribute__((always_inline)) inline void fold_together(Vec* v) {
  if constexpr (Width > 0) {
    each<(Count + 1) / 2>([&](auto at) __attribute__((always_inline)) {
      constexpr int a = 2 * at, b = a + 1 < Count ? a + 1 : a;
      Vec first = v[a], second = v[b];
      exchange<Width>(first, second);
      v[at] = first + second;
    });
    fold_together<(Count + 1) / 2, Width / 2>(v);
  }
}

// sums[i] = reduce(v[i]); v is overwritten.
template <int Count>
__attribute__((always_inline)) inline void reduce_all(Vec* v, float* sums) {
  constexpr int taken = Count < LOOM_LANES ? Count : LOOM_LANES;
  fold_together<taken, LOOM_LANES / 2>(v);
  float lanes[LOOM_LANES];
  std::memcpy(lanes, v, sizeof lanes);
  each<taken>([&](auto at) __attribute__((always_inline)) {
    int lane = 0;  // the bits of `at` backwards
    for (int bit = 1; bit < LOOM_LANES; bit *= 2) lane = 2 * lane + (at & bit ? 1 : 0);
    sums[at] = lanes[lane];
  });
  if constexpr (Count > taken) reduce_all<Count - taken>(v + taken, sums + taken);
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

inline float largest(Vec v) {
  return fold<LOOM_LANES / 2>(v, larger)[0];
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
  VecBits n, bits;
  std::memcpy(&n, &rounded, sizeof n);
  std::memcpy(&bits, &p, sizeof bits);
  bits += n << 23;
  std::memcpy(&p, &bits, sizeof p);
  return p;
}

inline float exponential_one(float x) {
  return exponential(splat(x))[0];
}
