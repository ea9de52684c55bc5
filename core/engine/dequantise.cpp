#include "core/engine/dequantise.h"

#include <bit>
#include <cstring>

namespace loom {
namespace {

float half(const uint8_t* p) {
  uint16_t h;
  std::memcpy(&h, p, 2);
  uint32_t sign = static_cast<uint32_t>(h & 0x8000) << 16, exponent = h >> 10 & 31, fraction = h & 1023;
  if (exponent == 31) return std::bit_cast<float>(sign | 0x7f800000 | fraction << 13);
  if (exponent != 0) return std::bit_cast<float>(sign | (exponent + 112) << 23 | fraction << 13);
  float value = static_cast<float>(fraction) * 0x1p-24f;
  return sign ? -value : value;
}

float brain(const uint8_t* p) {
  uint16_t h;
  std::memcpy(&h, p, 2);
  return std::bit_cast<float>(static_cast<uint32_t>(h) << 16);
}

float f8_e4m3(uint8_t b) {
  int exponent = b >> 3 & 15, fraction = b & 7;
  if (exponent == 15 && fraction == 7) return std::bit_cast<float>(0x7fc00000u);
  float value = exponent == 0 ? static_cast<float>(fraction) * 0x1p-9f
                              : std::bit_cast<float>(static_cast<uint32_t>(exponent + 120) << 23) *
                                    (1.0f + static_cast<float>(fraction) / 8.0f);
  return b & 0x80 ? -value : value;
}

// Blocks of 32: low nibbles are the first half, high nibbles the second.
void q4(float* y, float d, float m, const uint8_t* quants, int offset) {
  for (int i = 0; i < 16; ++i) {
    y[i] = static_cast<float>((quants[i] & 15) - offset) * d + m;
    y[i + 16] = static_cast<float>((quants[i] >> 4) - offset) * d + m;
  }
}

void q5(float* y, float d, float m, const uint8_t* high, const uint8_t* quants, int offset) {
  uint32_t bits;
  std::memcpy(&bits, high, 4);
  for (int i = 0; i < 16; ++i) {
    int low = (quants[i] & 15) | static_cast<int>(bits >> i << 4 & 16);
    int top = (quants[i] >> 4) | static_cast<int>(bits >> (i + 12) & 16);
    y[i] = static_cast<float>(low - offset) * d + m;
    y[i + 16] = static_cast<float>(top - offset) * d + m;
  }
}

void q8_0(const uint8_t* b, float* y) {
  float d = half(b);
  for (int i = 0; i < 32; ++i) y[i] = static_cast<float>(static_cast<int8_t>(b[2 + i])) * d;
}

// Super-blocks of 256. The 6-bit scales and minima of Q4_K and Q5_K share twelve bytes.
void scale_and_minimum(int j, const uint8_t* q, uint8_t& scale, uint8_t& minimum) {
  if (j < 4) {
    scale = q[j] & 63;
    minimum = q[j + 4] & 63;
  } else {
    scale = static_cast<uint8_t>((q[j + 4] & 15) | (q[j - 4] >> 6) << 4);
    minimum = static_cast<uint8_t>((q[j + 4] >> 4) | (q[j] >> 6) << 4);
  }
}

void q2_k(const uint8_t* b, float* y) {
  const uint8_t *scales = b, *quants = b + 16;
  float d = half(b + 80), dmin = half(b + 82);
  int is = 0;
  for (int n = 0; n < 256; n += 128, quants += 32)
    for (int shift = 0; shift < 8; shift += 2)
      for (int part = 0; part < 2; ++part) {
        uint8_t sc = scales[is++];
        float dl = d * static_cast<float>(sc & 15), ml = dmin * static_cast<float>(sc >> 4);
        for (int l = 0; l < 16; ++l) *y++ = dl * static_cast<float>(quants[l + 16 * part] >> shift & 3) - ml;
      }
}

void q3_k(const uint8_t* b, float* y) {
  const uint8_t *mask = b, *quants = b + 32, *packed = b + 96;
  float d = half(b + 108);
  int8_t scales[16];
  for (int i = 0; i < 16; ++i) {
    int low = i < 8 ? packed[i] & 15 : packed[i - 8] >> 4;
    int high = packed[8 + i % 4] >> (2 * (i / 4)) & 3;
    scales[i] = static_cast<int8_t>((low | high << 4) - 32);
  }
  int is = 0;
  uint8_t bit = 1;
  for (int n = 0; n < 256; n += 128, quants += 32)
    for (int shift = 0; shift < 8; shift += 2, bit = static_cast<uint8_t>(bit << 1))
      for (int part = 0; part < 2; ++part) {
        float dl = d * static_cast<float>(scales[is++]);
        for (int l = 0; l < 16; ++l) {
          int at = l + 16 * part;
          int value = (quants[at] >> shift & 3) - (mask[at] & bit ? 0 : 4);
          *y++ = dl * static_cast<float>(value);
        }
      }
}

void q4_k(const uint8_t* b, float* y) {
  float d = half(b), dmin = half(b + 2);
  const uint8_t *scales = b + 4, *quants = b + 16;
  for (int j = 0; j < 8; j += 2, quants += 32) {
    uint8_t sc, m;
    for (int part = 0; part < 2; ++part) {
      scale_and_minimum(j + part, scales, sc, m);
      float dl = d * static_cast<float>(sc), ml = dmin * static_cast<float>(m);
      for (int l = 0; l < 32; ++l) *y++ = dl * static_cast<float>(part ? quants[l] >> 4 : quants[l] & 15) - ml;
    }
  }
}

void q5_k(const uint8_t* b, float* y) {
  float d = half(b), dmin = half(b + 2);
  const uint8_t *scales = b + 4, *high = b + 16, *quants = b + 48;
  for (int j = 0; j < 8; j += 2, quants += 32) {
    uint8_t sc, m;
    for (int part = 0; part < 2; ++part) {
      scale_and_minimum(j + part, scales, sc, m);
      float dl = d * static_cast<float>(sc), ml = dmin * static_cast<float>(m);
      for (int l = 0; l < 32; ++l) {
        int value = (part ? quants[l] >> 4 : quants[l] & 15) + (high[l] >> (j + part) & 1 ? 16 : 0);
        *y++ = dl * static_cast<float>(value) - ml;
      }
    }
  }
}

void q6_k(const uint8_t* b, float* y) {
  const uint8_t *low = b, *high = b + 128;
  const auto* scales = reinterpret_cast<const int8_t*>(b + 192);
  float d = half(b + 208);
  for (int n = 0; n < 256; n += 128, y += 128, low += 64, high += 32, scales += 8)
    for (int l = 0; l < 32; ++l) {
      int is = l / 16;
      int q1 = (low[l] & 15) | (high[l] & 3) << 4, q2 = (low[l + 32] & 15) | (high[l] >> 2 & 3) << 4;
      int q3 = low[l] >> 4 | (high[l] >> 4 & 3) << 4, q4v = low[l + 32] >> 4 | (high[l] >> 6 & 3) << 4;
      y[l] = d * static_cast<float>(scales[is]) * static_cast<float>(q1 - 32);
      y[l + 32] = d * static_cast<float>(scales[is + 2]) * static_cast<float>(q2 - 32);
      y[l + 64] = d * static_cast<float>(scales[is + 4]) * static_cast<float>(q3 - 32);
      y[l + 96] = d * static_cast<float>(scales[is + 6]) * static_cast<float>(q4v - 32);
    }
}

void block(WeightType type, const uint8_t* b, float* y) {
  switch (type) {
    case WeightType::f32: std::memcpy(y, b, 4); break;
    case WeightType::f16: *y = half(b); break;
    case WeightType::bf16: *y = brain(b); break;
    case WeightType::f8_e4m3: *y = f8_e4m3(*b); break;
    case WeightType::q4_0: q4(y, half(b), 0, b + 2, 8); break;
    case WeightType::q4_1: q4(y, half(b), half(b + 2), b + 4, 0); break;
    case WeightType::q5_0: q5(y, half(b), 0, b + 2, b + 6, 16); break;
    case WeightType::q5_1: q5(y, half(b), half(b + 2), b + 4, b + 8, 0); break;
    case WeightType::q8_0: q8_0(b, y); break;
    case WeightType::q2_k: q2_k(b, y); break;
    case WeightType::q3_k: q3_k(b, y); break;
    case WeightType::q4_k: q4_k(b, y); break;
    case WeightType::q5_k: q5_k(b, y); break;
    case WeightType::q6_k: q6_k(b, y); break;
    default: break;
  }
}

bool is_float(WeightType type) {
  switch (type) {
    case WeightType::i64:
    case WeightType::i32:
    case WeightType::i16:
    case WeightType::i8:
    case WeightType::u8:
    case WeightType::boolean: return false;
    default: return true;
  }
}

}  // namespace

Status dequantise(const TensorInfo& info, float* out) {
  if (!is_float(info.type))
    return Error{ErrorKind::unsupported, std::string("holds ") + to_string(info.type) + ", not weights", info.name, ""};
  BlockLayout layout = block_layout(info.type);
  const auto* bytes = reinterpret_cast<const uint8_t*>(info.bytes.data());
  size_t blocks = info.bytes.size() / layout.bytes;
  for (size_t i = 0; i < blocks; ++i) block(info.type, bytes + i * layout.bytes, out + i * layout.elements);
  return {};
}

}  // namespace loom
