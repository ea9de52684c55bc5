// PCRE2 knows the characters of Unicode 14. Before a text is matched, each newer one gives way to
// an older one that answers all that the pattern asks in the same way and takes as many bytes, so
// that a match ends where it ended.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/tokenizer/pattern_translation.h"

namespace loom {

class StandIns {
 public:
  // An error where a newer character has none.
  static Result<StandIns> find(const CharacterTests& tests, const std::string& pattern);
  // Writes the text with stand-ins to `changed`; false, and nothing written, when it needs none.
  bool replace(std::string_view text, std::string& changed) const;

 private:
  struct Row {
    uint32_t first, last, stand_in;
  };
  const Row* row_of(uint32_t c) const;
  std::vector<Row> rows_;     // in order
  std::vector<bool> blocks_;  // of 64 code points: whether a row is in them
};

}  // namespace loom
