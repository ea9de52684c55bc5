#include "core/base/memory_limit.h"

#include <charconv>
#include <cmath>

#include "core/base/environment.h"

namespace loom {
namespace {

// 0 when the unit is not known.
double factor_of(std::string unit) {
  if (unit.size() == 3 && unit.ends_with("iB")) unit.resize(1);
  if (unit.empty() || unit == "B") return 1;
  if (unit == "K") return 1024.0;
  if (unit == "M") return 1024.0 * 1024;
  if (unit == "G") return 1024.0 * 1024 * 1024;
  return 0;
}

}  // namespace

Result<uint64_t> memory_size_from(const std::string& text, const std::string& where) {
  double number = 0;
  const char* last = text.data() + text.size();
  const auto [end, error] = std::from_chars(text.data(), last, number);
  const double bytes = error == std::errc() ? number * factor_of({end, last}) : 0;
  constexpr double kMost = 1e18;
  if (!std::isfinite(bytes) || bytes < 1 || bytes > kMost)
    return Error{ErrorKind::invalid_input, "\"" + text + "\" is not a size", where,
                 "For example 640M or 2G"};
  return static_cast<uint64_t>(bytes);
}

Result<uint64_t> memory_limit_from_environment() {
  const char* given = environment(kMemoryLimitVariable);
  if (!given) return uint64_t{0};
  return memory_size_from(given, kMemoryLimitVariable);
}

std::string needs_of(uint64_t needed, uint64_t allowed) {
  constexpr uint64_t kUnit = uint64_t{1} << 20;
  return "needs " + std::to_string(needed / kUnit + (needed % kUnit != 0)) + " MiB, " +
         std::to_string(allowed / kUnit) + " MiB allowed";
}

}  // namespace loom
