#include "core/text/character_class.h"

#include <unicode/uchar.h>

#include <algorithm>
#include <iterator>

namespace loom {
namespace {

constexpr uint32_t kCodePoints = 0x110000;

CharacterClass classify(uint32_t c) {
  auto point = static_cast<UChar32>(c);
  if (u_hasBinaryProperty(point, UCHAR_WHITE_SPACE)) return CharacterClass::space;
  uint32_t mask = U_MASK(u_charType(point));
  if (mask & U_GC_L_MASK) return CharacterClass::letter;
  if (mask & U_GC_N_MASK) return CharacterClass::number;
  if (mask & U_GC_M_MASK) return CharacterClass::mark;
  return CharacterClass::other;
}

// Assigned by Unicode 15.1 and 16, which the package `tokenizers` knows and ICU 72 does not
// (found with tests/differential/character_classes.py).
struct NewerCharacters {
  uint32_t first, last;
  CharacterClass kind;
};
constexpr CharacterClass kLetter = CharacterClass::letter, kNumber = CharacterClass::number,
                         kMark = CharacterClass::mark;
constexpr NewerCharacters kNewer[] = {
    {0x0897, 0x0897, kMark},     {0x1C89, 0x1C8A, kLetter},   {0xA7CB, 0xA7CD, kLetter},
    {0xA7DA, 0xA7DC, kLetter},   {0x105C0, 0x105F3, kLetter}, {0x10D40, 0x10D49, kNumber},
    {0x10D4A, 0x10D65, kLetter}, {0x10D69, 0x10D6D, kMark},   {0x10D6F, 0x10D85, kLetter},
    {0x10EC2, 0x10EC4, kLetter}, {0x10EFC, 0x10EFC, kMark},   {0x11380, 0x11389, kLetter},
    {0x1138B, 0x1138B, kLetter}, {0x1138E, 0x1138E, kLetter}, {0x11390, 0x113B5, kLetter},
    {0x113B7, 0x113B7, kLetter}, {0x113B8, 0x113C0, kMark},   {0x113C2, 0x113C2, kMark},
    {0x113C5, 0x113C5, kMark},   {0x113C7, 0x113CA, kMark},   {0x113CC, 0x113D0, kMark},
    {0x113D1, 0x113D1, kLetter}, {0x113D2, 0x113D2, kMark},   {0x113D3, 0x113D3, kLetter},
    {0x113E1, 0x113E2, kMark},   {0x116D0, 0x116E3, kNumber}, {0x11BC0, 0x11BE0, kLetter},
    {0x11BF0, 0x11BF9, kNumber}, {0x11F5A, 0x11F5A, kMark},   {0x13460, 0x143FA, kLetter},
    {0x16100, 0x1611D, kLetter}, {0x1611E, 0x1612F, kMark},   {0x16130, 0x16139, kNumber},
    {0x16D40, 0x16D6C, kLetter}, {0x16D70, 0x16D79, kNumber}, {0x18CFF, 0x18CFF, kLetter},
    {0x1CCF0, 0x1CCF9, kNumber}, {0x1E5D0, 0x1E5ED, kLetter}, {0x1E5EE, 0x1E5EF, kMark},
    {0x1E5F0, 0x1E5F0, kLetter}, {0x1E5F1, 0x1E5FA, kNumber}, {0x2EBF0, 0x2EE5D, kLetter}};

const uint8_t* make_table() {
  auto* table = new uint8_t[kCodePoints];
  for (uint32_t c = 0; c < kCodePoints; ++c) table[c] = static_cast<uint8_t>(classify(c));
  for (const NewerCharacters& newer : kNewer)
    std::fill(table + newer.first, table + newer.last + 1, static_cast<uint8_t>(newer.kind));
  return table;
}

bool is_newer(uint32_t c) {
  return std::any_of(std::begin(kNewer), std::end(kNewer), [c](const NewerCharacters& newer) {
    return c >= newer.first && c <= newer.last;
  });
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
  auto c = static_cast<UChar32>(code_point);
  constexpr uint32_t kCategories = U_GC_M_MASK | U_GC_ND_MASK | U_GC_PC_MASK;
  return (U_GET_GC_MASK(c) & kCategories) || u_hasBinaryProperty(c, UCHAR_ALPHABETIC) ||
         u_hasBinaryProperty(c, UCHAR_JOIN_CONTROL) || is_newer(code_point);
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
