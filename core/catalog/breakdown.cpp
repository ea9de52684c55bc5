#include "core/catalog/breakdown.h"

#include <algorithm>
#include <charconv>

namespace loom {
namespace {

// The ranges that the bounds part: one more than there are bounds.
std::string range_name(const Breakdown& breakdown, size_t range) {
  const auto& bounds = breakdown.bounds;
  const bool upper = breakdown.upper;
  if (range == 0) return (upper ? "≤ " : "< ") + std::to_string(bounds.front());
  if (range == bounds.size()) return (upper ? "> " : "≥ ") + std::to_string(bounds.back());
  const int64_t first = bounds[range - 1] + (upper ? 1 : 0), last = bounds[range] - (upper ? 0 : 1);
  return std::to_string(first) + "–" + std::to_string(last);
}

}  // namespace

std::string Breakdown::part_of(const std::string& value) const {
  if (bounds.empty() || value.empty()) return value;
  double number = 0;
  if (std::from_chars(value.data(), value.data() + value.size(), number).ec != std::errc())
    return "";
  const auto end = upper ? std::lower_bound(bounds.begin(), bounds.end(), number)
                         : std::upper_bound(bounds.begin(), bounds.end(), number);
  return range_name(*this, static_cast<size_t>(end - bounds.begin()));
}

size_t Breakdown::place_of(const std::string& part) const {
  for (size_t range = 0; !bounds.empty() && range <= bounds.size(); ++range)
    if (range_name(*this, range) == part) return range;
  return static_cast<size_t>(std::find(values.begin(), values.end(), part) - values.begin());
}

Breakdown breakdown_from(const nlohmann::json& object) {
  Breakdown breakdown;
  breakdown.field = object.at("field").get<std::string>();
  breakdown.title = object.at("title").get<std::string>();
  breakdown.values = object.value("values", std::vector<std::string>{});
  breakdown.bounds = object.value("bounds", std::vector<int64_t>{});
  std::sort(breakdown.bounds.begin(), breakdown.bounds.end());
  breakdown.upper = object.value("upper", false);
  return breakdown;
}

nlohmann::json breakdown_json(const Breakdown& breakdown) {
  return {{"field", breakdown.field},
          {"title", breakdown.title},
          {"values", breakdown.values},
          {"bounds", breakdown.bounds},
          {"upper", breakdown.upper}};
}

}  // namespace loom
