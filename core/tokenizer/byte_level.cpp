#include "core/tokenizer/byte_level.h"

#include <array>

#include "core/text/utf8.h"

namespace loom {
namespace {

struct Alphabet {
  std::array<uint32_t, 256> character{};
  std::array<int, 512> byte{};
  Alphabet() {
    byte.fill(-1);
    uint32_t next = 256;
    for (uint32_t b = 0; b < 256; ++b) {
      bool prints = (b >= 33 && b <= 126) || (b >= 161 && b <= 172) || (b >= 174 && b <= 255);
      character[b] = prints ? b : next++;
      byte[character[b]] = static_cast<int>(b);
    }
  }
};

const Alphabet& alphabet() {
  static const Alphabet instance;
  return instance;
}

}  // namespace

std::string to_byte_level(std::string_view bytes) {
  std::string text;
  for (char c : bytes) append_utf8(text, alphabet().character[static_cast<unsigned char>(c)]);
  return text;
}

std::optional<std::string> from_byte_level(std::string_view text) {
  std::string bytes;
  for (size_t at = 0; at < text.size();) {
    CodePoint point = decode_utf8(text, at);
    if (!point.valid || point.value >= 512 || alphabet().byte[point.value] < 0) return std::nullopt;
    bytes.push_back(static_cast<char>(alphabet().byte[point.value]));
    at += point.bytes;
  }
  return bytes;
}

}  // namespace loom
