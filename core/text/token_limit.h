// How long an answer may be, as files of limits say it: LongBench's with numbers, CLongEval's with
// numbers in quotes.
#pragma once

#include <charconv>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>

namespace loom {

// None where it is no whole number above 0.
inline std::optional<int> token_limit(const nlohmann::json& value) {
  int limit = 0;
  if (value.is_string()) {
    const auto& text = value.get_ref<const std::string&>();
    const char* end = text.data() + text.size();
    const auto read = std::from_chars(text.data(), end, limit);
    if (read.ec != std::errc() || read.ptr != end) return {};
  } else if (value.is_number_integer()) {
    const auto number = value.get<int64_t>();
    limit = number > 0 && number <= 1'000'000 ? static_cast<int>(number) : 0;
  }
  return limit > 0 && limit <= 1'000'000 ? std::optional<int>(limit) : std::nullopt;
}

}  // namespace loom
