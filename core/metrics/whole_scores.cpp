#include "core/metrics/whole_scores.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <string>

#include "core/metrics/pass_at_k.h"

namespace loom {

namespace {

// Parts may come from a file that somebody else wrote.
bool holds(const nlohmann::json& part, const char* name) {
  const auto at = part.find(name);
  return at != part.end() && at->is_boolean() && at->get<bool>();
}

double number_in(const nlohmann::json& part, const char* name) {
  const auto at = part.find(name);
  return at != part.end() && at->is_number() ? std::max(0.0, at->get<double>()) : 0;
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
    for (const nlohmann::json* part : parts) sum += number_in(*part, name);
    product *= sum / static_cast<double>(parts.size());
  }
  return std::cbrt(product);
}

std::optional<double> share_of_masks(Parts parts) {
  double right = 0, masks = 0;
  for (const nlohmann::json* part : parts) {
    const double of = number_in(*part, "masks");
    masks += of;
    right += std::min(number_in(*part, "exact"), of);
  }
  if (parts.empty()) return std::nullopt;
  return masks > 0 ? right / masks : 0;
}

std::optional<double> pass_at_k_of_problems(Parts parts) {
  struct Programs {
    size_t made = 0, passed = 0;
  };
  std::map<std::string, Programs> problems;
  double k = 1;
  for (const nlohmann::json* part : parts) {
    const auto name = part->find("problem");
    if (name == part->end() || !name->is_string()) continue;
    Programs& programs = problems[name->get<std::string>()];
    ++programs.made;
    programs.passed += holds(*part, "passed");
    k = std::max(k, number_in(*part, "k"));
  }
  if (problems.empty()) return std::nullopt;
  double sum = 0;
  for (const auto& [name, programs] : problems) {
    const double most = static_cast<double>(programs.made);
    sum += pass_at_k(programs.made, programs.passed, static_cast<size_t>(std::min(k, most)));
  }
  return sum / static_cast<double>(problems.size());
}

}  // namespace loom
