// What a judge said, read strictly: a verdict in the form that was asked for, or none. A judge that
// rambles, contradicts itself or leaves the scale has given no verdict; it is never a zero.
#pragma once

#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "core/judge/rubric.h"

namespace loom {

struct Verdict {
  std::optional<double> value;  // 0…1; none: unparsed. Of preferences: 1 A, 0 B, 0.5 a tie
  std::string parsed;           // "yes", "7", "A"
  std::string rule;             // how it was read, or why not
  nlohmann::json parts = nlohmann::json::object();  // dimensions
};

// What a judge wrote where no verdict was asked for: its thoughts taken out, at most so long that a
// later question can hold it. "": nothing.
std::string read_text(const std::string& text);

Verdict read_verdict(const Rubric& rubric, const std::string& text);

}  // namespace loom
