// What goes when a prompt is longer than the model's window.
#pragma once

#include <string>

#include "core/base/result.h"

namespace loom {

// Named by the part that is cut away; head: the beginning. `fail` fails the sample, `benchmark`
// leaves it to each task.
enum class TruncationRule { middle, head, tail, fail, benchmark };
const char* to_string(TruncationRule rule);
Result<TruncationRule> truncation_rule_from(const std::string& name);

}  // namespace loom
