#include <algorithm>
#include <cctype>
#include <charconv>
#include <cmath>

#include "core/text/utf8.h"
#include "core/tokenizer/jinja_format.h"
#include "core/tokenizer/jinja_text.h"

namespace loom::jinja {
namespace {

constexpr int64_t kMostDigits = 1000;

std::string sign_of(bool negative, char sign) {
  return negative ? "-" : sign == '+' ? "+" : sign == ' ' ? " " : "";
}

std::string grouped(const std::string& digits, char mark, size_t every) {
  std::string out;
  for (size_t i = 0; i < digits.size(); ++i) {
    if (i > 0 && (digits.size() - i) % every == 0) out += mark;
    out += digits[i];
  }
  return out;
}

// Sign and prefix, then the number, filled to the width.
std::string filled(const std::string& before, const std::string& number, const NumberForm& form) {
  if (form.alignment != '=')
    return padded(before + number, form.width, form.fill, form.alignment ? form.alignment : '>');
  const int64_t missing = form.width - count_points(before) - count_points(number);
  std::string out = before;
  if (missing > 0) append(out, static_cast<size_t>(missing), form.fill);
  return out + number;
}

std::string digits_of(uint64_t value, unsigned base, bool capital) {
  const char* const signs = capital ? "0123456789ABCDEF" : "0123456789abcdef";
  std::string digits;
  do {
    digits += signs[value % base];
    value /= base;
  } while (value > 0);
  std::reverse(digits.begin(), digits.end());
  return digits;
}

// By to_chars: printf would write the user's decimal comma.
std::string real_digits(double size, char type, int precision, bool alternative) {
  const auto kind = static_cast<char>(std::tolower(type));
  const std::chars_format format = kind == 'e'   ? std::chars_format::scientific
                                   : kind == 'f' ? std::chars_format::fixed
                                                 : std::chars_format::general;
  if (alternative) throw TemplateError("'#' is for whole numbers here");
  char buffer[1400];
  // Without a type and for 'g', no digit before the point is the least.
  const int digits = format == std::chars_format::general ? std::max(precision, 1) : precision;
  const auto end = std::to_chars(buffer, buffer + sizeof buffer, size, format, digits).ptr;
  std::string text(buffer, end);
  if (kind != type)
    std::transform(text.begin(), text.end(), text.begin(),
                   [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  return text;
}

}  // namespace

std::string format_integer(int64_t value, const NumberForm& form) {
  if (form.type == 'c') {
    if (value < 0 || value >= 0x110000) throw TemplateError("a character's number is out of range");
    std::string character;
    append_utf8(character, static_cast<uint32_t>(value));
    return padded(character, form.width, form.fill, form.alignment ? form.alignment : '<');
  }
  const unsigned base = form.type == 'b'                       ? 2
                        : form.type == 'o'                     ? 8
                        : form.type == 'x' || form.type == 'X' ? 16
                                                               : 10;
  const uint64_t size = value < 0 ? 0 - static_cast<uint64_t>(value) : static_cast<uint64_t>(value);
  std::string digits = digits_of(size, base, form.type == 'X'),
              before = sign_of(value < 0, form.sign);
  if (form.precision > kMostDigits) throw TemplateError("a number has too many digits");
  if (static_cast<int64_t>(digits.size()) < form.precision)
    digits.insert(0, static_cast<size_t>(form.precision) - digits.size(), '0');
  if (form.grouping) digits = grouped(digits, form.grouping, base == 10 ? 3 : 4);
  if (form.alternative && base != 10) before += std::string("0") + form.type;
  return filled(before, digits, form);
}

std::string format_real(double value, const NumberForm& form) {
  if (form.precision > kMostDigits) throw TemplateError("a number has too many digits");
  const bool negative = std::signbit(value) && !std::isnan(value), percent = form.type == '%';
  const double size = std::abs(percent ? value * 100 : value);
  const bool capital = form.type == 'E' || form.type == 'F' || form.type == 'G';
  std::string digits;
  if (!std::isfinite(value)) {
    digits = std::isnan(value) ? (capital ? "NAN" : "nan") : capital ? "INF" : "inf";
  } else if (form.type == 0 && form.precision < 0) {
    digits = print_float(size);
  } else {
    const int precision = form.precision < 0 ? 6 : static_cast<int>(form.precision);
    digits = real_digits(size, percent ? 'f' : form.type, precision, form.alternative);
    // Without a type a number that is whole still shows that it is none.
    if (form.type == 0 && digits.find_first_of(".e") == std::string::npos) digits += ".0";
  }
  if (form.grouping) {
    const size_t end = std::min(digits.find_first_of(".e"), digits.size());
    digits = grouped(digits.substr(0, end), form.grouping, 3) + digits.substr(end);
  }
  if (percent) digits += '%';
  return filled(sign_of(negative, form.sign), digits, form);
}

std::string format_text(const std::string& value, const NumberForm& form) {
  const std::string& shown = form.precision < 0 ? value : part_of(value, 0, form.precision);
  return padded(shown, form.width, form.fill, form.alignment ? form.alignment : '<');
}

}  // namespace loom::jinja
