#include "core/report/png_resolution.h"

#include <cmath>
#include <cstdint>

namespace loom {
namespace {

constexpr size_t kHeaderEnd = 8 + 4 + 4 + 13 + 4;  // signature, then IHDR: length, type, data, CRC

// PNG specification, annex D.
uint32_t crc(const std::string& bytes) {
  uint32_t value = 0xFFFFFFFFu;
  for (char c : bytes) {
    value ^= static_cast<unsigned char>(c);
    for (int bit = 0; bit < 8; ++bit) value = (value >> 1) ^ ((value & 1) ? 0xEDB88320u : 0);
  }
  return ~value;
}

std::string big_endian(uint32_t value) {
  std::string bytes;
  for (int shift = 24; shift >= 0; shift -= 8) bytes += static_cast<char>((value >> shift) & 0xFF);
  return bytes;
}

}  // namespace

std::string with_resolution(const std::string& png, double dpi) {
  auto per_metre = static_cast<uint32_t>(std::lround(dpi / 0.0254));
  std::string chunk = "pHYs" + big_endian(per_metre) + big_endian(per_metre) + '\1';
  std::string whole =
      big_endian(static_cast<uint32_t>(chunk.size() - 4)) + chunk + big_endian(crc(chunk));
  return png.substr(0, kHeaderEnd) + whole + png.substr(kHeaderEnd);
}

}  // namespace loom
