#include "core/report/chart_text.h"

#include <array>
#include <charconv>
#include <cmath>

#include "core/statistics/decimal.h"

namespace loom {
namespace {

std::string two_digits(long long value) {
  std::string text = std::to_string(value);
  return value < 10 ? "0" + text : text;
}

}  // namespace

std::string number_text(double value, int decimals) {
  std::array<char, 400> buffer;
  if (decimals <= 9) value = as_printed(value, decimals);
  auto [end, error] = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value,
                                    std::chars_format::fixed, decimals);
  if (error != std::errc()) return "";
  return std::string(buffer.data(), end);
}

std::string number_text(double value, int decimals, const FigureTheme& theme) {
  return theme.number ? theme.number(value, decimals) : number_text(value, decimals);
}

std::string number_text(size_t count, const FigureTheme& theme) {
  return theme.number ? theme.number(static_cast<double>(count), 0) : std::to_string(count);
}

std::string word(const char* english, const FigureTheme& theme) {
  return theme.translate ? theme.translate(english) : english;
}

std::string sentence(const char* english, const std::vector<std::string>& parts,
                     const FigureTheme& theme) {
  const std::string pattern = word(english, theme);
  std::string text;
  for (size_t i = 0; i < pattern.size(); ++i) {
    const bool place = pattern[i] == '%' && i + 1 < pattern.size() && pattern[i + 1] >= '1' &&
                       pattern[i + 1] < '1' + static_cast<char>(parts.size());
    if (place)
      text += parts[static_cast<size_t>(pattern[++i] - '1')];
    else
      text += pattern[i];
  }
  return text;
}

std::string value_text(const ChartValue& value, const FigureTheme& theme) {
  if (!value.value) return word("no value", theme);
  std::string text = number_text(*value.value, 1, theme);
  if (value.low && value.high)
    text +=
        " (" + number_text(*value.low, 1, theme) + " – " + number_text(*value.high, 1, theme) + ")";
  return text;
}

std::string count_text(const ChartValue& value, const FigureTheme& theme) {
  std::string text = "n = " + number_text(value.n, theme);
  if (value.truncated > 0)
    text += ", " + number_text(value.truncated, theme) + " " + word("truncated", theme);
  if (value.failed > 0)
    text += ", " + number_text(value.failed, theme) + " " + word("failed", theme);
  if (value.unparsed > 0)
    text += ", " + number_text(value.unparsed, theme) + " " + word("unparsed", theme);
  return text;
}

std::string duration_text(double seconds, const FigureTheme& theme) {
  if (!(seconds > 0)) return "0 s";
  if (seconds < 9.95) return number_text(seconds, 1, theme) + " s";
  long long whole = std::llround(seconds);
  return std::to_string(whole / 3600) + ":" + two_digits(whole / 60 % 60) + ":" +
         two_digits(whole % 60);
}

std::string length_text(size_t tokens, const FigureTheme& theme) {
  constexpr size_t kilo = 1024, mega = kilo * kilo;
  if (tokens >= mega && tokens % mega == 0) return std::to_string(tokens / mega) + "M";
  if (tokens >= kilo && tokens % kilo == 0) return std::to_string(tokens / kilo) + "k";
  if (theme.number) return number_text(tokens, theme);
  std::string text = std::to_string(tokens);
  for (size_t i = text.size(); i > 3; i -= 3) text.insert(i - 3, ",");
  return text;
}

std::string memory_text(size_t bytes, const FigureTheme& theme) {
  auto value = static_cast<double>(bytes);
  if (value >= 1e9) return number_text(value / 1e9, 1, theme) + " GB";
  return number_text(value / 1e6, 0, theme) + " MB";
}

}  // namespace loom
