#include "core/metrics/whole_scores.h"

#include <cmath>

namespace loom {

namespace {

// Parts may come from a file that somebody else wrote.
bool holds(const nlohmann::json& part, const char* name) {
  const auto at = part.find(name);
  return at != part.end() && at->is_boolean() && at->get<bool>();
}

}  // namespace

std::optional<double> yes_f1(Parts parts) {
  size_t both = 0, either = 0;  // either: those said yes plus those that are
  for (const nlohmann::json* part : parts) {
    const bool said = holds(*part, "positive"), is = holds(*part, "gold");
    both += said && is;
    either += static_cast<size_t>(said) + static_cast<size_t>(is);
  }
  if (parts.empty()) return std::nullopt;
  return either == 0 ? 0.0 : 2 * static_cast<double>(both) / static_cast<double>(either);
}

std::optional<double> rouge_geometric(Parts parts) {
  if (parts.empty()) return std::nullopt;
  double product = 1;
  for (const char* name : {"rouge_1", "rouge_2", "rouge_l"}) {
    double sum = 0;
    for (const nlohmann::json* part : parts)
      if (auto at = part->find(name); at != part->end() && at->is_number())
        sum += at->get<double>();
    product *= sum / static_cast<double>(parts.size());
  }
  return std::cbrt(product);
}

}  // namespace loom
