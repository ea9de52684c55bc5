#include "core/report/chart_text.h"

#include <array>
#include <charconv>
#include <cmath>

namespace loom {
namespace {

std::string two_digits(long long value) {
  std::string text = std::to_string(value);
  return value < 10 ? "0" + text : text;
}

}  // namespace

std::string number_text(double value, int decimals) {
  std::array<char, 400> buffer;
  auto [end, error] = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value,
                                    std::chars_format::fixed, decimals);
  if (error != std::errc()) return "";
  return std::string(buffer.data(), end);
}

std::string word(const char* english, const FigureTheme& theme) {
  return theme.translate ? theme.translate(english) : english;
}

std::string value_text(const ChartValue& value, const FigureTheme& theme) {
  if (!value.value) return word("no value", theme);
  std::string text = number_text(*value.value, 1);
  if (value.low && value.high)
    text += " (" + number_text(*value.low, 1) + " – " + number_text(*value.high, 1) + ")";
  return text;
}

std::string count_text(const ChartValue& value, const FigureTheme& theme) {
  std::string text = "n = " + std::to_string(value.n);
  if (value.truncated > 0)
    text += ", " + std::to_string(value.truncated) + " " + word("truncated", theme);
  if (value.failed > 0) text += ", " + std::to_string(value.failed) + " " + word("failed", theme);
  return text;
}

std::string duration_text(double seconds) {
  if (!(seconds > 0)) return "0 s";
  if (seconds < 9.95) return number_text(seconds, 1) + " s";
  long long whole = std::llround(seconds);
  return std::to_string(whole / 3600) + ":" + two_digits(whole / 60 % 60) + ":" +
         two_digits(whole % 60);
}

std::string length_text(size_t tokens) {
  constexpr size_t kilo = 1024, mega = kilo * kilo;
  if (tokens >= mega && tokens % mega == 0) return std::to_string(tokens / mega) + "M";
  if (tokens >= kilo && tokens % kilo == 0) return std::to_string(tokens / kilo) + "k";
  std::string text = std::to_string(tokens);
  for (size_t i = text.size(); i > 3; i -= 3) text.insert(i - 3, ",");
  return text;
}

std::string memory_text(size_t bytes) {
  auto value = static_cast<double>(bytes);
  if (value >= 1e9) return number_text(value / 1e9, 1) + " GB";
  return number_text(value / 1e6, 0) + " MB";
}

}  // namespace loom
