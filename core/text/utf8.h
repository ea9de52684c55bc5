// UTF-8 in and out.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace loom {

// The code point at `at` and its bytes; a broken sequence gives U+FFFD and the length of its
// maximal valid prefix (at least 1), as the Unicode standard recommends (chapter 3.9, table 3-8).
struct CodePoint {
  uint32_t value;
  uint32_t bytes;
  bool valid;
};
CodePoint decode_utf8(std::string_view text, size_t at);
void append_utf8(std::string& text, uint32_t code_point);
bool is_utf8(std::string_view text);
// Broken sequences become U+FFFD.
std::string repair_utf8(std::string_view text);
// Bytes at the end that begin a sequence which more bytes could complete.
size_t incomplete_tail(std::string_view text);

}  // namespace loom
