#include "core/text/character_class.h"

#include <unicode/uchar.h>

#include <algorithm>

#include "core/text/newer_characters.h"

namespace loom {
namespace {

constexpr uint32_t kCodePoints = 0x110000;

CharacterClass class_of(uint32_t category_mask) {
  if (category_mask & U_GC_L_MASK) return CharacterClass::letter;
  if (category_mask & U_GC_N_MASK) return CharacterClass::number;
  if (category_mask & U_GC_M_MASK) return CharacterClass::mark;
  return CharacterClass::other;
}

CharacterClass classify(uint32_t c) {
  const auto point = static_cast<UChar32>(c);
  if (u_hasBinaryProperty(point, UCHAR_WHITE_SPACE)) return CharacterClass::space;
  return class_of(U_MASK(u_charType(point)));
}

// As the package `tokenizers` has them, which knows a newer Unicode than ICU 72 does (compared
// with tests/differential/character_classes.py).
const uint8_t* make_table() {
  auto* table = new uint8_t[kCodePoints];
  for (uint32_t c = 0; c < kCodePoints; ++c) table[c] = static_cast<uint8_t>(classify(c));
  for (const NewerCharacters& newer : characters_assigned_since())
    std::fill(table + newer.first, table + newer.last + 1,
              static_cast<uint8_t>(class_of(U_MASK(newer.category))));
  return table;
}

// Punctuation until Unicode 11 made the one a mark and Unicode 12 the other a symbol.
constexpr uint32_t kSandhiMark = 0x111C9, kChiSign = 0x166D;

// Assigned by this major version.
bool is_of(uint32_t code_point, uint8_t version) {
  UVersionInfo age;
  u_charAge(static_cast<UChar32>(code_point), age);
  return age[0] > 0 && age[0] <= version;
}

}  // namespace

const uint8_t* character_classes() {
  static const uint8_t* table = make_table();  // lives as long as the program
  return table;
}

CharacterClass character_class(uint32_t code_point) {
  return code_point < kCodePoints ? static_cast<CharacterClass>(character_classes()[code_point])
                                  : CharacterClass::other;
}

bool is_punctuation(uint32_t code_point) {
  return code_point == kSandhiMark || code_point == kChiSign ||
         u_ispunct(static_cast<UChar32>(code_point));
}

bool is_old(uint32_t code_point) {
  return is_of(code_point, 8);
}

// Three signs have changed their category since.
bool is_mark_of_unicode_9(uint32_t c) {
  if (c == 0x1CF2 || c == 0x1CF3) return true;
  return character_class(c) == CharacterClass::mark && c != kSandhiMark && is_of(c, 9);
}

bool is_word_character(uint32_t code_point) {
  const auto c = static_cast<UChar32>(code_point);
  constexpr uint32_t kCategories = U_GC_M_MASK | U_GC_ND_MASK | U_GC_PC_MASK;
  if ((U_GET_GC_MASK(c) & kCategories) || u_hasBinaryProperty(c, UCHAR_ALPHABETIC) ||
      u_hasBinaryProperty(c, UCHAR_JOIN_CONTROL))
    return true;
  const NewerCharacters* newer = find_newer(code_point);
  return newer &&
         ((U_MASK(newer->category) & kCategories) || (newer->flags & NewerCharacters::alphabetic));
}

// Found by asking the package `tokenizers` for each code point.
bool is_nonspacing_mark(uint32_t c) {
  if (c == 0x1734) return true;  // since Unicode 14 it takes room
  if (c == kSandhiMark || c == 0x1885 || c == 0x1886 || c == 0xA9BD) return false;  // became marks
  return u_charType(static_cast<UChar32>(c)) == U_NON_SPACING_MARK;
}

bool is_control(uint32_t code_point) {
  constexpr uint32_t kCategories = U_GC_CC_MASK | U_GC_CF_MASK | U_GC_CO_MASK;
  return (U_GET_GC_MASK(static_cast<UChar32>(code_point)) & kCategories) != 0;
}

bool is_han(uint32_t c) {
  return (c >= 0x4E00 && c <= 0x9FFF) || (c >= 0x3400 && c <= 0x4DBF) ||
         (c >= 0x20000 && c <= 0x2A6DF) || (c >= 0x2A700 && c <= 0x2B73F) ||
         (c >= 0x2B740 && c <= 0x2B81F) || (c >= 0x2B820 && c <= 0x2CEAF) ||
         (c >= 0xF900 && c <= 0xFAFF) || (c >= 0x2F800 && c <= 0x2FA1F);
}

}  // namespace loom
