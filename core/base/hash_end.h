// How the SHA family ends: a one bit and zeros, the length in bits, then the state in hexadecimal.
#pragma once

#include <array>
#include <cstdint>
#include <string>

namespace loom {

// `length` in bytes; `state` is read after the hash was given its end.
template <typename Hash, size_t Words>
std::string end_hash(Hash& hash, uint64_t length, const std::array<uint32_t, Words>& state) {
  const uint64_t bits = length * 8;
  std::string tail(1, '\x80');
  while ((length + tail.size()) % 64 != 56) tail.push_back('\0');
  for (int shift = 56; shift >= 0; shift -= 8) tail.push_back(static_cast<char>(bits >> shift));
  hash.update(tail);
  static constexpr char digits[] = "0123456789abcdef";
  std::string text;
  for (uint32_t word : state)
    for (int shift = 28; shift >= 0; shift -= 4) text.push_back(digits[word >> shift & 15]);
  return text;
}

}  // namespace loom
