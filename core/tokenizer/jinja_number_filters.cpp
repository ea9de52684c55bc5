#include <unicode/uchar.h>

#include <charconv>
#include <cmath>
#include <optional>

#include "core/tokenizer/jinja_filters.h"
#include "core/tokenizer/jinja_format.h"
#include "core/tokenizer/jinja_operators.h"
#include "core/tokenizer/jinja_text.h"

namespace loom::jinja {
namespace {

// As Python's int() and float() take a text: without spaces around, digits of any script, single
// underscores between them.
std::optional<std::string> plain_digits(const std::string& given) {
  const std::string text = strip(given, nullptr, true, true);
  std::string digits, out;
  for_each_point(text, [&](uint32_t c) {
    if (c >= 0x80 && is_decimal(c))
      digits += static_cast<char>('0' + u_charDigitValue(static_cast<UChar32>(c)));
    else
      append_utf8(digits, c);
  });
  for (size_t i = 0; i < digits.size(); ++i) {
    if (digits[i] != '_') {
      out += digits[i];
      continue;
    }
    auto digit = [&](size_t k) {
      return k < digits.size() && std::isalnum(static_cast<unsigned char>(digits[k]));
    };
    if (i == 0 || !digit(i - 1) || !digit(i + 1)) return std::nullopt;
  }
  return out;
}

std::optional<int64_t> read_integer(const std::string& given, int64_t base) {
  if (base != 0 && (base < 2 || base > 36)) return std::nullopt;
  const auto text = plain_digits(given);
  if (!text || text->empty()) return std::nullopt;
  const bool negative = (*text)[0] == '-';
  std::string digits = text->substr(negative || (*text)[0] == '+' ? 1 : 0);
  const char kind =
      digits.size() > 2 && digits[0] == '0' ? static_cast<char>(std::tolower(digits[1])) : '\0';
  const int64_t named = kind == 'x' ? 16 : kind == 'o' ? 8 : kind == 'b' ? 2 : 0;
  if (named != 0 && (base == 0 || base == named)) {
    digits = digits.substr(2);
    base = named;
  } else if (base == 0) {
    // A leading zero would be an old octal number.
    if (digits.size() > 1 && digits[0] == '0' && digits.find_first_not_of('0') != std::string::npos)
      return std::nullopt;
    base = 10;
  }
  if (digits.empty()) return std::nullopt;
  int64_t value = 0;
  for (char c : digits) {
    const int digit = std::isdigit(static_cast<unsigned char>(c))   ? c - '0'
                      : std::isalpha(static_cast<unsigned char>(c)) ? std::tolower(c) - 'a' + 10
                                                                    : 99;
    if (digit >= base) return std::nullopt;
    if (__builtin_mul_overflow(value, base, &value) ||
        __builtin_sub_overflow(value, int64_t{digit}, &value))
      throw TemplateError("a number is too large");
  }
  if (!negative && value == INT64_MIN) throw TemplateError("a number is too large");
  return negative ? value : -value;
}

std::optional<double> read_real(const std::string& given) {
  const auto text = plain_digits(given);
  if (!text || text->empty()) return std::nullopt;
  // A sign by itself, and what C names a kind of not-a-number with, are no numbers to Python.
  const char* begin = text->c_str() + ((*text)[0] == '+' ? 1 : 0);
  if ((*text)[0] == '+' && text->size() > 1 && (*text)[1] == '-') return std::nullopt;
  if (text->find('(') != std::string::npos) return std::nullopt;
  double value = 0;
  const auto read = std::from_chars(begin, text->c_str() + text->size(), value);
  const bool whole = read.ptr == text->c_str() + text->size();
  if (whole && read.ec == std::errc::result_out_of_range)
    return text->find("e-") == std::string::npos && text->find("E-") == std::string::npos ? HUGE_VAL
                                                                                          : 0.0;
  return whole && read.ec == std::errc() ? std::optional(value) : std::nullopt;
}

std::optional<int64_t> whole_part(double value) {
  if (!std::isfinite(value)) return std::nullopt;
  if (std::abs(value) >= 9.2e18) throw TemplateError("a number is too large");
  return static_cast<int64_t>(value);
}

void refuse_undefined(const Value& value) {
  if (value.is_undefined()) throw TemplateError("an undefined value is no number");
}

Value to_integer(const FilterInput& c) {
  refuse_undefined(c.value);
  const Value* fallback = c.get(0, "default");
  const Value otherwise = fallback ? *fallback : Value(0);
  if (c.value.is_whole()) return c.value.integer();
  if (const double* real = c.value.as<double>()) {
    if (std::isinf(*real)) throw TemplateError("what is without an end is no whole number");
    const auto whole = whole_part(*real);
    return whole ? Value(*whole) : otherwise;
  }
  if (!c.value.text()) return otherwise;
  if (const auto whole = read_integer(*c.value.text(), c.integer(1, "base", 10))) return *whole;
  const auto real = read_real(*c.value.text());
  const auto whole = real ? whole_part(*real) : std::nullopt;
  return whole ? Value(*whole) : otherwise;
}

Value to_float(const FilterInput& c) {
  refuse_undefined(c.value);
  if (c.value.is_number()) return c.value.number();
  if (c.value.text())
    if (const auto real = read_real(*c.value.text())) return *real;
  const Value* fallback = c.get(0, "default");
  return fallback ? *fallback : Value(0.0);
}

// Python's round: the decimal that is nearest, halves to the even neighbour.
Value nearest(const Value& value, int64_t digits) {
  if (value.is_whole()) {
    if (digits >= 0) return value.integer();
    if (digits < -18) return 0;
    int64_t unit = 1;
    for (int64_t i = digits; i < 0; ++i) unit *= 10;
    const int64_t rest = ((value.integer() % unit) + unit) % unit, low = value.integer() - rest;
    const bool up = rest * 2 > unit || (rest * 2 == unit && (low / unit) % 2 != 0);
    return binary_operation("+", low, up ? unit : int64_t{0});
  }
  const double x = value.number();
  if (!std::isfinite(x) || digits > 300) return x;
  if (digits < 0) {
    const double unit = std::pow(10.0, static_cast<double>(-digits));
    return std::isfinite(unit) ? std::nearbyint(x / unit) * unit : 0.0;
  }
  NumberForm form;
  form.type = 'f';
  form.precision = digits;
  return read_real(format_real(x, form)).value_or(x);
}

Value rounded(const FilterInput& c) {
  const int64_t digits = c.integer(0, "precision", 0);
  const std::string way = c.text(1, "method", "common");
  if (way == "common") {
    if (!c.value.is_number()) throw TemplateError("round needs a number");
    return nearest(c.value, digits);
  }
  if (way != "ceil" && way != "floor")
    throw TemplateError("round goes to the common, ceil or floor");
  const Value scale = binary_operation("**", 10, digits);
  const double scaled = binary_operation("*", c.value, scale).number();
  return (way == "ceil" ? std::ceil(scaled) : std::floor(scaled)) / scale.number();
}

Value file_size(const FilterInput& c) {
  std::optional<double> bytes;
  if (c.value.is_number()) bytes = c.value.number();
  if (c.value.text()) bytes = read_real(*c.value.text());
  if (!bytes || !std::isfinite(*bytes)) throw TemplateError("filesizeformat needs a number");
  const bool binary = c.flag(0, "binary", false);
  const double base = binary ? 1024 : 1000;
  if (*bytes == 1) return "1 Byte";
  if (*bytes < base)
    return std::to_string(static_cast<int64_t>(std::max(*bytes, -9e18))) + " Bytes";
  constexpr std::string_view kPrefixes = "kMGTPEZY";
  double unit = base;
  size_t i = 0;
  while (i + 1 < kPrefixes.size() && *bytes >= unit * base) {
    unit *= base;
    ++i;
  }
  NumberForm form;
  form.type = 'f';
  form.precision = 1;
  const char prefix = binary ? static_cast<char>(std::toupper(kPrefixes[i])) : kPrefixes[i];
  return format_real(*bytes / unit, form) + " " + prefix + (binary ? "iB" : "B");
}

Value absolute(const FilterInput& c) {
  if (c.value.as<double>()) return std::abs(c.value.number());
  const int64_t whole = c.value.integer();
  return whole < 0 ? unary_operation("-", whole) : Value(whole);
}

}  // namespace

void add_number_filters(FilterTable& table) {
  table["abs"] = {absolute};
  table["filesizeformat"] = {file_size, "binary"};
  table["float"] = {to_float, "default"};
  table["int"] = {to_integer, "default base"};
  table["round"] = {rounded, "precision method"};
}

}  // namespace loom::jinja
