// Unicode classes that tokenizers split by, from ICU, kept in one byte per code point so that a
// look-up is a load.
#pragma once

#include <cstdint>

namespace loom {

enum class CharacterClass : uint8_t { other = 0, letter = 1, number = 2, space = 3, mark = 4 };
// letter \p{L}, number \p{N}, mark \p{M}, space \s in the sense of Unicode's White_Space.
CharacterClass character_class(uint32_t code_point);
const uint8_t* character_classes();        // of all 0x110000 code points, for loops over texts
bool is_punctuation(uint32_t code_point);  // \p{P}, of Unicode 9 where it has changed since
// \w of Rust's expressions: letters, marks, decimal digits, connectors and joiners.
bool is_word_character(uint32_t code_point);
bool is_old(uint32_t code_point);  // assigned by Unicode 8: all that BERT's reference tables know
bool is_mark_of_unicode_9(uint32_t code_point);  // \p{M} as the reference strips accents by it
bool is_nonspacing_mark(uint32_t code_point);    // \p{Mn}, likewise of Unicode 9
bool is_control(uint32_t code_point);            // control, format and private use
bool is_han(uint32_t code_point);                // CJK ideographs as BERT's splitter lists them

}  // namespace loom
