// SHA-256 (FIPS 180-4) for fingerprints, identities and file checks. Not for secrets.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

#include "core/base/result.h"

namespace loom {

class Sha256 {
 public:
  void update(std::string_view bytes);
  std::string hex();  // finishes

 private:
  void block(const uint8_t* bytes);
  std::array<uint32_t, 8> state_{0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                                 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
  std::array<uint8_t, 64> buffer_{};
  uint64_t length_ = 0;
};

std::string sha256(std::string_view bytes);
Result<std::string> sha256_file(const std::filesystem::path& file);

}  // namespace loom
