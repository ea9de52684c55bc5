// SHA-1 (FIPS 180-4), which git names its objects with. The hub gives it for files outside LFS.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace loom {

class Sha1 {
 public:
  void update(std::string_view bytes);
  std::string hex();  // finishes

 private:
  void block(const uint8_t* bytes);
  std::array<uint32_t, 5> state_{0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0};
  std::array<uint8_t, 64> buffer_{};
  uint64_t length_ = 0;
};

// What precedes a file's bytes in git's hash of it.
std::string git_blob_header(uint64_t bytes);
std::string git_blob_hash(std::string_view content);

}  // namespace loom
