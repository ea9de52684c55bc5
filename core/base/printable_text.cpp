#include "core/base/printable_text.h"

#include <algorithm>

namespace loom {

std::string printable_text(std::string_view text) {
  std::string shown;
  shown.reserve(text.size());
  for (size_t at = 0; at < text.size(); ++at) {
    const auto byte = static_cast<unsigned char>(text[at]);
    const bool control = byte < 0x20 && text[at] != '\n' && text[at] != '\t';
    // U+0080 to U+009F, of which some begin commands as well.
    const bool upper = byte == 0xC2 && at + 1 < text.size() &&
                       static_cast<unsigned char>(text[at + 1]) >= 0x80 &&
                       static_cast<unsigned char>(text[at + 1]) < 0xA0;
    if (control || upper || byte == 0x7F) {
      shown += "\uFFFD";
      at += upper ? 1 : 0;
    } else {
      shown += text[at];
    }
  }
  return shown;
}

std::string printable_line(std::string_view text) {
  std::string line = printable_text(text);
  std::replace_if(
      line.begin(), line.end(), [](char c) { return c == '\n' || c == '\t'; }, ' ');
  return line;
}

}  // namespace loom
