#include "core/hub/git_hash.h"

#include <algorithm>
#include <bit>
#include <cstring>

#include "core/base/hash_end.h"

namespace loom {

void Sha1::block(const uint8_t* bytes) {
  std::array<uint32_t, 80> w;
  for (size_t i = 0; i < 16; ++i)
    w[i] = uint32_t{bytes[4 * i]} << 24 | uint32_t{bytes[4 * i + 1]} << 16 |
           uint32_t{bytes[4 * i + 2]} << 8 | uint32_t{bytes[4 * i + 3]};
  for (size_t i = 16; i < 80; ++i) w[i] = std::rotl(w[i - 3] ^ w[i - 8] ^ w[i - 14] ^ w[i - 16], 1);
  auto [a, b, c, d, e] = state_;
  for (size_t i = 0; i < 80; ++i) {
    uint32_t f = 0, k = 0;
    if (i < 20)
      f = (b & c) | (~b & d), k = 0x5a827999;
    else if (i < 40)
      f = b ^ c ^ d, k = 0x6ed9eba1;
    else if (i < 60)
      f = (b & c) | (b & d) | (c & d), k = 0x8f1bbcdc;
    else
      f = b ^ c ^ d, k = 0xca62c1d6;
    const uint32_t next = std::rotl(a, 5) + f + e + k + w[i];
    e = d, d = c, c = std::rotl(b, 30), b = a, a = next;
  }
  state_[0] += a, state_[1] += b, state_[2] += c, state_[3] += d, state_[4] += e;
}

void Sha1::update(std::string_view bytes) {
  while (!bytes.empty()) {
    const size_t used = length_ % 64, take = std::min(bytes.size(), 64 - used);
    std::memcpy(buffer_.data() + used, bytes.data(), take);
    length_ += take;
    bytes.remove_prefix(take);
    if (used + take == 64) block(buffer_.data());
  }
}

std::string Sha1::hex() {
  return end_hash(*this, length_, state_);
}

std::string git_blob_header(uint64_t bytes) {
  return "blob " + std::to_string(bytes) + std::string(1, '\0');
}

std::string git_blob_hash(std::string_view content) {
  Sha1 hash;
  hash.update(git_blob_header(content.size()));
  hash.update(content);
  return hash.hex();
}

}  // namespace loom
