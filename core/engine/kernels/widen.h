// Stored weights widened to fp32, as ggml's block formats define them. Every product here is exact
// in fp32, so all instruction sets give the same bits. Included by kernels_body.h only.

inline float half(uint16_t stored) {
#if defined(__F16C__)
  return _cvtsh_ss(stored);
#else
  uint32_t bits = static_cast<uint32_t>(stored & 0x7fff) << 13;
  float value = std::bit_cast<float>(bits) * 0x1p112f;  // subnormal numbers included
  uint32_t widened = std::bit_cast<uint32_t>(value) | (bits >= 0x0f800000 ? 0x7f800000 : 0);
  return std::bit_cast<float>(widened | static_cast<uint32_t>(stored & 0x8000) << 16);
#endif
}

inline float half(const uint8_t* p) {
  uint16_t stored;
  std::memcpy(&stored, p, 2);
  return half(stored);
}

inline Vec load(const uint16_t* p, std::integral_constant<WeightType, WeightType::f16>) {
#if defined(__AVX512F__)
  return _mm512_cvtph_ps(_mm256_loadu_si256(reinterpret_cast<const __m256i*>(p)));
#elif defined(__F16C__)
  return _mm256_cvtph_ps(_mm_loadu_si128(reinterpret_cast<const __m128i*>(p)));
#else
  float lanes[kLanes];
  for (int64_t i = 0; i < kLanes; ++i) lanes[i] = half(p[i]);
  return load(lanes);
#endif
}

inline Vec load(const uint16_t* p, std::integral_constant<WeightType, WeightType::bf16>) {
  VecInt bits;
#if defined(__AVX512F__)
  bits = reinterpret_cast<VecInt>(_mm512_slli_epi32(
      _mm512_cvtepu16_epi32(_mm256_loadu_si256(reinterpret_cast<const __m256i*>(p))), 16));
#elif defined(__AVX2__)
  bits = reinterpret_cast<VecInt>(_mm256_slli_epi32(
      _mm256_cvtepu16_epi32(_mm_loadu_si128(reinterpret_cast<const __m128i*>(p))), 16));
#else
  for (int64_t i = 0; i < kLanes; ++i) bits[i] = static_cast<int32_t>(uint32_t{p[i]} << 16);
#endif
  Vec v;
  std::memcpy(&v, &bits, sizeof v);
  return v;
}

// One number of the two 16-bit formats.
inline float number(uint16_t stored, std::integral_constant<WeightType, WeightType::f16>) {
  return half(stored);
}
inline float number(uint16_t stored, std::integral_constant<WeightType, WeightType::bf16>) {
  return std::bit_cast<float>(uint32_t{stored} << 16);
}

template <WeightType Type>
void widen_16_bit(const std::byte* stored, float* y, int64_t n) {
  const auto* p = reinterpret_cast<const uint16_t*>(stored);
  std::integral_constant<WeightType, Type> type;
  int64_t i = 0;
  for (; i + kLanes <= n; i += kLanes) store(y + i, load(p + i, type));
  for (; i < n; ++i) {
    uint16_t one;
    std::memcpy(&one, p + i, 2);
    y[i] = number(one, type);
  }
}

inline float f8_e4m3(uint8_t b) {
  int exponent = b >> 3 & 15, fraction = b & 7;
  if (exponent == 15 && fraction == 7) return std::bit_cast<float>(0x7fc00000u);
  float value = exponent == 0 ? static_cast<float>(fraction) * 0x1p-9f
                              : std::bit_cast<float>(static_cast<uint32_t>(exponent + 120) << 23) *
                                    (1.0f + static_cast<float>(fraction) / 8.0f);
  return b & 0x80 ? -value : value;
}

// kLanes bytes as integers.
inline VecInt bytes(const uint8_t* p) {
#if defined(__AVX512F__)
  return reinterpret_cast<VecInt>(
      _mm512_cvtepu8_epi32(_mm_loadu_si128(reinterpret_cast<const __m128i*>(p))));
#elif defined(__AVX2__)
  return reinterpret_cast<VecInt>(
      _mm256_cvtepu8_epi32(_mm_loadl_epi64(reinterpret_cast<const __m128i*>(p))));
#else
  VecInt v;
  for (int64_t i = 0; i < kLanes; ++i) v[i] = p[i];
  return v;
#endif
}

inline Vec floats(VecInt v) {
  return __builtin_convertvector(v, Vec);
}

// Blocks of 32: low nibbles are the first half, high nibbles the second.
inline void q4(float* y, float d, float m, const uint8_t* quants, int offset) {
  for (int64_t i = 0; i < 16; i += kLanes) {
    VecInt both = bytes(quants + i);
    store(y + i, floats((both & 15) - offset) * d + m);
    store(y + i + 16, floats((both >> 4) - offset) * d + m);
  }
}

inline void q5(float* y, float d, float m, const uint8_t* high, const uint8_t* quants, int offset) {
  int32_t bits;
  std::memcpy(&bits, high, 4);
  VecInt lane;
  for (int i = 0; i < LOOM_LANES; ++i) lane[i] = i;
  for (int i = 0; i < 16; i += LOOM_LANES) {
    VecInt both = bytes(quants + i), all = VecInt{} + bits;
    VecInt low = (both & 15) + (((all >> (lane + i)) & 1) << 4);
    VecInt top = (both >> 4) + (((all >> (lane + i + 16)) & 1) << 4);
    store(y + i, floats(low - offset) * d + m);
    store(y + i + 16, floats(top - offset) * d + m);
  }
}

inline void q8_0(const uint8_t* b, float* y) {
  float d = half(b);
  // Signed bytes: 128 more as unsigned ones with the top bit turned.
  for (int64_t i = 0; i < 32; i += kLanes) store(y + i, floats((bytes(b + 2 + i) ^ 128) - 128) * d);
}

// Super-blocks of 256. The 6-bit scales and minima of Q4_K and Q5_K share twelve bytes.
inline void scale_and_minimum(int j, const uint8_t* q, uint8_t& scale, uint8_t& minimum) {
  if (j < 4) {
    scale = q[j] & 63;
    minimum = q[j + 4] & 63;
  } else {
    scale = static_cast<uint8_t>((q[j + 4] & 15) | (q[j - 4] >> 6) << 4);
    minimum = static_cast<uint8_t>((q[j + 4] >> 4) | (q[j] >> 6) << 4);
  }
}

inline void q2_k(const uint8_t* b, float* y) {
  const uint8_t *scales = b, *quants = b + 16;
  float d = half(b + 80), dmin = half(b + 82);
  for (int n = 0; n < 256; n += 128, quants += 32)
    for (int shift = 0; shift < 8; shift += 2)
      for (int part = 0; part < 2; ++part, y += 16) {
        uint8_t sc = *scales++;
        float dl = d * static_cast<float>(sc & 15), ml = dmin * static_cast<float>(sc >> 4);
        for (int64_t l = 0; l < 16; l += kLanes)
          store(y + l, floats(bytes(quants + l + 16 * part) >> shift & 3) * dl - ml);
      }
}

inline void q3_k(const uint8_t* b, float* y) {
  const uint8_t *mask = b, *quants = b + 32, *packed = b + 96;
  float d = half(b + 108);
  int8_t scales[16];
  for (int i = 0; i < 16; ++i) {
    int low = i < 8 ? packed[i] & 15 : packed[i - 8] >> 4;
    int high = packed[8 + i % 4] >> (2 * (i / 4)) & 3;
    scales[i] = static_cast<int8_t>((low | high << 4) - 32);
  }
  int is = 0, bit = 0;
  for (int n = 0; n < 256; n += 128, quants += 32)
    for (int shift = 0; shift < 8; shift += 2, ++bit)
      for (int part = 0; part < 2; ++part, y += 16) {
        float dl = d * static_cast<float>(scales[is++]);
        for (int64_t l = 0; l < 16; l += kLanes) {
          VecInt value = bytes(quants + l + 16 * part) >> shift & 3;
          VecInt set = bytes(mask + l + 16 * part) >> bit & 1;
          store(y + l, floats(value - 4 + 4 * set) * dl);
        }
      }
}

// Bits of the fifth quantity come from `high` where the format has them.
inline void q4_or_q5_k(const uint8_t* scales, float d, float dmin, const uint8_t* quants,
                       const uint8_t* high, float* y) {
  for (int j = 0; j < 8; j += 2, quants += 32)
    for (int part = 0; part < 2; ++part, y += 32) {
      uint8_t sc, m;
      scale_and_minimum(j + part, scales, sc, m);
      float dl = d * static_cast<float>(sc), ml = dmin * static_cast<float>(m);
      for (int64_t l = 0; l < 32; l += kLanes) {
        VecInt value = bytes(quants + l) >> (4 * part) & 15;
        if (high) value = value + ((bytes(high + l) >> (j + part) & 1) << 4);
        store(y + l, floats(value) * dl - ml);
      }
    }
}

inline void q4_k(const uint8_t* b, float* y) {
  q4_or_q5_k(b + 4, half(b), half(b + 2), b + 16, nullptr, y);
}

inline void q5_k(const uint8_t* b, float* y) {
  q4_or_q5_k(b + 4, half(b), half(b + 2), b + 48, b + 16, y);
}

inline void q6_k(const uint8_t* b, float* y) {
  const uint8_t *low = b, *high = b + 128;
  const auto* scales = reinterpret_cast<const int8_t*>(b + 192);
  float d = half(b + 208);
  for (int n = 0; n < 256; n += 128, low += 64, high += 32, scales += 8)
    for (int quarter = 0; quarter < 4; ++quarter)
      for (int l = 0; l < 32; l += LOOM_LANES, y += kLanes) {
        VecInt nibble = bytes(low + l + 32 * (quarter & 1)) >> (4 * (quarter >> 1)) & 15;
        VecInt value = nibble + ((bytes(high + l) >> (2 * quarter) & 3) << 4);
        store(y, floats(value - 32) * (d * static_cast<float>(scales[2 * quarter + l / 16])));
      }
}

template <typename Block>
void each_block(WeightType type, const std::byte* stored, float* y, int64_t n, Block block) {
  BlockLayout layout = block_layout(type);
  auto elements = static_cast<int64_t>(layout.elements);
  const auto* b = reinterpret_cast<const uint8_t*>(stored);
  for (; n >= elements; n -= elements, b += layout.bytes, y += elements) block(b, y);
}

void widen(WeightType type, const std::byte* stored, float* y, int64_t n) {
  auto each = [&](auto block) { each_block(type, stored, y, n, block); };
  using Bytes = const uint8_t*;
  switch (type) {
    case WeightType::f32:
      std::memcpy(y, stored, static_cast<size_t>(n) * 4);
      break;
    case WeightType::f16:
      return widen_16_bit<WeightType::f16>(stored, y, n);
    case WeightType::bf16:
      return widen_16_bit<WeightType::bf16>(stored, y, n);
    case WeightType::f8_e4m3:
      return each([](Bytes b, float* out) { *out = f8_e4m3(*b); });
    case WeightType::q4_0:
      return each([](Bytes b, float* out) { q4(out, half(b), 0, b + 2, 8); });
    case WeightType::q4_1:
      return each([](Bytes b, float* out) { q4(out, half(b), half(b + 2), b + 4, 0); });
    case WeightType::q5_0:
      return each([](Bytes b, float* out) { q5(out, half(b), 0, b + 2, b + 6, 16); });
    case WeightType::q5_1:
      return each([](Bytes b, float* out) { q5(out, half(b), half(b + 2), b + 4, b + 8, 0); });
    case WeightType::q8_0:
      return each(q8_0);
    case WeightType::q2_k:
      return each(q2_k);
    case WeightType::q3_k:
      return each(q3_k);
    case WeightType::q4_k:
      return each(q4_k);
    case WeightType::q5_k:
      return each(q5_k);
    case WeightType::q6_k:
      return each(q6_k);
    default:
      break;  // integers are no weights; the loader refuses them
  }
}
