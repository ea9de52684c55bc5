#include "core/tokenizer/jinja_literals.h"

#include <unicode/uchar.h>

#include <cctype>
#include <charconv>
#include <cstdint>
#include <string_view>

#include "core/text/utf8.h"

namespace loom::jinja {
namespace {

bool is_decimal_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_octal_digit(char c) {
  return c >= '0' && c <= '7';
}
bool is_binary_digit(char c) {
  return c == '0' || c == '1';
}
bool is_hex_digit(char c) {
  return std::isxdigit(static_cast<unsigned char>(c)) != 0;
}

// The end of digits with single underscores between them.
size_t past_digits(const std::string& source, size_t at, bool (*digit)(char)) {
  auto is = [&](size_t i) { return i < source.size() && digit(source[i]); };
  while (is(at) || (at < source.size() && source[at] == '_' && is(at + 1))) ++at;
  return at;
}

std::string between(const std::string& source, size_t begin, size_t end) {
  std::string digits = source.substr(begin, end - begin);
  std::erase(digits, '_');
  return digits;
}

// 0x1F, 0o17 and 0b101; no text when there is none here.
Literal based_at(const std::string& source, size_t at) {
  const char kind =
      source[at] == '0' && at + 1 < source.size() ? static_cast<char>(source[at + 1] | 32) : ' ';
  const int base = kind == 'x' ? 16 : kind == 'o' ? 8 : kind == 'b' ? 2 : 0;
  Literal made;
  if (base == 0) return made;
  made.end = past_digits(source, at + 2,
                         base == 16  ? is_hex_digit
                         : base == 8 ? is_octal_digit
                                     : is_binary_digit);
  const std::string digits = between(source, at + 2, made.end);
  if (digits.empty()) return made;
  int64_t value = 0;
  const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), value, base);
  if (read.ec != std::errc()) made.problem = "a number is too large";
  made.text = std::to_string(value);
  return made;
}

Literal escaped(std::string text, size_t end) {
  Literal made;
  made.text = std::move(text);
  made.end = end;
  return made;
}

Literal bad_escape() {
  Literal made;
  made.problem = "a bad escape in a text";
  return made;
}

std::string spelled(uint32_t point) {
  std::string text;
  append_utf8(text, point);
  return text;
}

Literal octal(const std::string& source, size_t at) {
  uint32_t value = 0;
  size_t end = at;
  for (; end < at + 3 && end < source.size() && is_octal_digit(source[end]); ++end)
    value = value * 8 + static_cast<uint32_t>(source[end] - '0');
  return escaped(spelled(value), end);
}

Literal hexadecimal(const std::string& source, size_t at, size_t digits) {
  const std::string_view given = std::string_view(source).substr(at + 1, digits);
  uint32_t value = 0;
  const auto read = std::from_chars(given.data(), given.data() + given.size(), value, 16);
  if (given.size() != digits || read.ec != std::errc() || read.ptr != given.data() + digits ||
      value >= 0x110000)
    return bad_escape();
  return escaped(spelled(value), at + 1 + digits);
}

// A character by its Unicode name.
Literal named(const std::string& source, size_t at) {
  const size_t close = source.find('}', at);
  if (close == std::string::npos || close - at > 120) return bad_escape();
  UErrorCode status = U_ZERO_ERROR;
  const std::string name = source.substr(at + 2, close - at - 2);
  const UChar32 point = u_charFromName(U_UNICODE_CHAR_NAME, name.c_str(), &status);
  return U_FAILURE(status) ? bad_escape()
                           : escaped(spelled(static_cast<uint32_t>(point)), close + 1);
}

// The reference spells a character beyond ASCII before it reads the escapes, so that a backslash
// before one leaves its spelling.
Literal foreign(const std::string& source, size_t at) {
  const CodePoint point = decode_utf8(source, at);
  char spelling[16];
  if (point.value < 0x100)
    std::snprintf(spelling, sizeof spelling, "\\x%02x", point.value);
  else if (point.value < 0x10000)
    std::snprintf(spelling, sizeof spelling, "\\u%04x", point.value);
  else
    std::snprintf(spelling, sizeof spelling, "\\U%08x", point.value);
  return escaped(spelling, at + point.bytes);
}

}  // namespace

Literal number_at(const std::string& source, size_t at) {
  if (Literal based = based_at(source, at); !based.text.empty()) return based;
  auto digit = [&](size_t i) { return i < source.size() && is_decimal_digit(source[i]); };
  Literal made;
  size_t end = past_digits(source, at, is_decimal_digit);
  // Behind a point stands a place, as in items.0.1: no fraction follows it.
  const bool place = at > 0 && source[at - 1] == '.';
  if (!place && end < source.size() && source[end] == '.' && digit(end + 1)) {
    made.real = true;
    end = past_digits(source, end + 1, is_decimal_digit);
  }
  if (!place && end < source.size() && (source[end] == 'e' || source[end] == 'E')) {
    const size_t k = end + 1 < source.size() && (source[end + 1] == '+' || source[end + 1] == '-')
                         ? end + 2
                         : end + 1;
    if (digit(k)) {
      made.real = true;
      end = past_digits(source, k, is_decimal_digit);
    }
  }
  made.text = between(source, at, end);
  made.end = end;
  if (!made.real && made.text.size() > 1 && made.text[0] == '0' &&
      made.text.find_first_not_of('0') != std::string::npos)
    made.problem = "a number begins with a zero";
  return made;
}

Literal escape_at(const std::string& source, size_t at) {
  const char c = source[at];
  constexpr std::string_view kFrom = "ntrbfva\\'\"", kTo = "\n\t\r\b\f\v\a\\'\"";
  if (const size_t k = kFrom.find(c); k != std::string_view::npos)
    return escaped(std::string(1, kTo[k]), at + 1);
  if (c == '\n') return escaped("", at + 1);
  if (is_octal_digit(c)) return octal(source, at);
  if (c == 'N' && at + 1 < source.size() && source[at + 1] == '{') return named(source, at);
  if (static_cast<unsigned char>(c) >= 0x80) return foreign(source, at);
  if (c == 'x' || c == 'u' || c == 'U')
    return hexadecimal(source, at, c == 'x' ? 2 : c == 'u' ? 4 : 8);
  if (c == 'N') return bad_escape();
  return escaped(std::string("\\") + c, at + 1);
}

}  // namespace loom::jinja
