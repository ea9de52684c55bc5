#include <algorithm>
#include <array>

#include "core/metrics/answer_text.h"
#include "core/metrics/bleu.h"
#include "core/text/python_text.h"
#include "core/text/utf8.h"

namespace loom {
namespace {

enum class BleuCharacter : uint8_t { other, stop, symbol };

// Symbols: ASCII punctuation other than the apostrophe, comma, hyphen and full stop. The package
// counts the space among them; around itself it only makes more of what is cut away later.
constexpr std::array<BleuCharacter, 256> kBleuCharacters = [] {
  std::array<BleuCharacter, 256> kinds = {};
  for (char c : std::string_view("!\"#$%&()*+/:;<=>?@[\\]^_`{|}~"))
    kinds[static_cast<uint8_t>(c)] = BleuCharacter::symbol;
  kinds['.'] = kinds[','] = BleuCharacter::stop;
  return kinds;
}();

BleuCharacter character_of(char c) {
  return kBleuCharacters[static_cast<uint8_t>(c)];
}

bool is_stop(char c) {
  return character_of(c) == BleuCharacter::stop;
}

// Pairs of neighbours that fit are set apart; a pair's second byte begins no further pair.
template <typename Fits>
std::string split_pairs(std::string_view text, const char* before, const char* between,
                        const char* after, Fits fits) {
  std::string result;
  result.reserve(text.size() + text.size() / 4);
  size_t copied = 0;  // bytes that stand in the result
  for (size_t i = 0; i + 1 < text.size(); ++i) {
    if (!fits(text[i], text[i + 1])) continue;
    result += text.substr(copied, i - copied);
    copied = i + 2;
    ((((result += before) += text[i]) += between) += text[i + 1]) += after;
    ++i;
  }
  return result += text.substr(std::min(copied, text.size()));
}

// Symbols; stops not after a digit; stops not before one; hyphens after a digit.
std::string split_western(std::string_view text) {
  std::string words;
  words.reserve(text.size() + text.size() / 4);
  size_t copied = 0;
  for (size_t i = 0; i < text.size(); ++i) {
    if (character_of(text[i]) != BleuCharacter::symbol) continue;
    words += text.substr(copied, i - copied);
    copied = i + 1;
    ((words += ' ') += text[i]) += ' ';
  }
  words += text.substr(copied);
  words = split_pairs(words, "", " ", " ",
                      [](char a, char b) { return is_stop(b) && !is_ascii_digit(a); });
  words = split_pairs(words, " ", " ", "",
                      [](char a, char b) { return is_stop(a) && !is_ascii_digit(b); });
  if (words.find('-') == words.npos) return words;
  return split_pairs(words, "", " ", " ",
                     [](char a, char b) { return b == '-' && is_ascii_digit(a); });
}

// The package's list. Two of its ranges are meant for planes beyond the first but are written so
// that they mean U+2001 to U+2A6D and U+2F81 to U+2FA1.
bool is_chinese(char32_t c) {
  static constexpr char32_t kRanges[][2] = {
      {0x3400, 0x4DB5}, {0x4E00, 0x9FBB}, {0xF900, 0xFA2D}, {0xFA30, 0xFA6A}, {0xFA70, 0xFAD9},
      {0x2001, 0x2A6D}, {0x2F81, 0x2FA1}, {0xFF00, 0xFFEF}, {0x2E80, 0x2EFF}, {0x3000, 0x303F},
      {0x31C0, 0x31EF}, {0x2F00, 0x2FDF}, {0x2FF0, 0x2FFF}, {0x3100, 0x312F}, {0x31A0, 0x31BF},
      {0xFE10, 0xFE1F}, {0xFE30, 0xFE4F}, {0x3200, 0x33FF}};
  for (auto [first, last] : kRanges)
    if (c >= first && c <= last) return true;
  return false;
}

// Spaces around the code points that fit.
std::string spaced(std::string_view text, bool (*fits)(char32_t)) {
  std::string result;
  for (char32_t c : to_code_points(text)) {
    if (fits(c)) result += ' ';
    append_utf8(result, c);
    if (fits(c)) result += ' ';
  }
  return result;
}

}  // namespace

std::string bleu_tokens(std::string_view text, BleuTokens kind) {
  if (kind == BleuTokens::spaces) return std::string(text);
  if (kind == BleuTokens::characters) return spaced(text, [](char32_t) { return true; });
  if (kind == BleuTokens::chinese) return split_western(spaced(strip_spaces(text), is_chinese));
  std::string line(text);
  replace_all(line, "<skipped>", "");
  replace_all(line, "-\n", "");
  replace_all(line, "\n", " ");
  replace_all(line, "&quot;", "\"");
  replace_all(line, "&amp;", "&");
  replace_all(line, "&lt;", "<");
  replace_all(line, "&gt;", ">");
  return split_western(" " + line + " ");
}

}  // namespace loom
