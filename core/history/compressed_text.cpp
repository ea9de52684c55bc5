#include "core/history/compressed_text.h"

#include <zlib.h>

#include <cstdint>

namespace loom {
namespace {

constexpr int kLevel = 3;
constexpr uint64_t kLargest = uint64_t{1} << 30;
constexpr size_t kHeader = 8;  // length of the text, little endian

Error damaged(const std::string& why) {
  return {ErrorKind::corrupt, "a stored prompt cannot be read: " + why, "history", ""};
}

}  // namespace

std::string compress_text(std::string_view text) {
  uLongf size = compressBound(text.size());
  std::string bytes(kHeader + size, '\0');
  for (size_t i = 0; i < kHeader; ++i)
    bytes[i] = static_cast<char>(static_cast<uint64_t>(text.size()) >> (8 * i));
  compress2(reinterpret_cast<Bytef*>(bytes.data() + kHeader), &size,
            reinterpret_cast<const Bytef*>(text.data()), text.size(), kLevel);
  bytes.resize(kHeader + size);
  return bytes;
}

Result<std::string> expand_text(std::string_view bytes) {
  if (bytes.size() < kHeader) return damaged("it is too short");
  uint64_t size = 0;
  for (size_t i = 0; i < kHeader; ++i)
    size |= static_cast<uint64_t>(static_cast<unsigned char>(bytes[i])) << (8 * i);
  // zlib never packs tighter than about 1032:1.
  if (size > kLargest || size > (bytes.size() - kHeader) * 1100 + 64)
    return damaged("its length makes no sense");
  std::string text(size, '\0');
  uLongf written = size;
  int code = uncompress(reinterpret_cast<Bytef*>(text.data()), &written,
                        reinterpret_cast<const Bytef*>(bytes.data() + kHeader),
                        bytes.size() - kHeader);
  if (code != Z_OK || written != size) return damaged("the compressed data is broken");
  return text;
}

}  // namespace loom
