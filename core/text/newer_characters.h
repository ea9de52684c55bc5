// Characters that the tables of PCRE2 (Unicode 14) or ICU (15) do not have, or have otherwise than
// Unicode 16, by which tokenizers' expressions were written and are matched elsewhere.
#pragma once

#include <unicode/uchar.h>

#include <cstdint>
#include <span>
#include <utility>

namespace loom {

struct NewerCharacters {
  enum Flag : uint8_t { alphabetic = 1, upper_case = 2, lower_case = 4 };
  uint32_t first, last;
  UCharCategory category;
  int script;     // UScriptCode; USCRIPT_INVALID_CODE for one that is as new as they are
  uint8_t flags;  // the properties Alphabetic, Uppercase and Lowercase
};

// In order, apart from each other.
std::span<const NewerCharacters> characters_assigned_since();  // or moved to another category
std::span<const NewerCharacters> characters_changed_since();   // in their flags alone
// Of those that were assigned since; null: none of them.
const NewerCharacters* find_newer(uint32_t c);
// The other letter of a pair of which one is new; else the character itself.
uint32_t newer_other_case(uint32_t c);

}  // namespace loom
