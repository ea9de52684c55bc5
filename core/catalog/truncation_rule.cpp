#include "core/catalog/truncation_rule.h"

#include <algorithm>
#include <array>

namespace loom {
namespace {

constexpr std::array kNames = {"middle", "head", "tail", "fail", "benchmark"};

}  // namespace

const char* to_string(TruncationRule rule) {
  return kNames.at(static_cast<size_t>(rule));
}

Result<TruncationRule> truncation_rule_from(const std::string& name) {
  const auto found = std::find(kNames.begin(), kNames.end(), name);
  if (found == kNames.end())
    return Error{ErrorKind::invalid_input, "must be benchmark, middle, head, tail or fail",
                 "truncation", ""};
  return static_cast<TruncationRule>(found - kNames.begin());
}

}  // namespace loom
