// Tokenizers' patterns are written for Oniguruma. What PCRE2 reads differently is rewritten to say
// what Oniguruma takes it for, or refused by name.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/base/result.h"

namespace loom {

// What a pattern asks of single characters.
struct CharacterTests {
  struct Span {
    uint32_t first, last;
    bool any_case;
  };
  std::vector<Span> spans;   // those written out, of what is not ASCII
  std::vector<int> scripts;  // UScriptCode
  bool categories = false;   // or shorthands for them
  bool flags = false;        // Alphabetic, Uppercase or Lowercase
  bool any_case = false;     // somewhere
};

struct PatternTranslation {
  std::string pattern;  // for PCRE2 with UTF, UCP and MULTILINE
  CharacterTests tests;
};
Result<PatternTranslation> translate_pattern(const std::string& pattern);

}  // namespace loom
