// A regular expression of a tokenizer, by PCRE2. Patterns are written for Oniguruma with Unicode
// 16: what the two read differently is rewritten or refused (pattern_translation.h), characters
// that PCRE2 does not know are stood in for (stand_ins.h).
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "core/base/result.h"

namespace loom {

class Pattern {
 public:
  static Result<std::shared_ptr<const Pattern>> compile(const std::string& pattern);
  ~Pattern();
  // Matches from left to right, empty ones left out. `text` is valid UTF-8.
  void each_match(std::string_view text,
                  const std::function<void(size_t begin, size_t end)>& found) const;

 private:
  Pattern() = default;
  struct Code;
  std::unique_ptr<Code> code_;
};

}  // namespace loom
