// Scores of a task's samples apart by a field of their records, as several authors report them:
// LongBench v2's easy and hard questions, L-CiteEval's bands of length.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace loom {

struct Breakdown {
  std::string field;                // of Record::metadata, or kPromptTokens
  std::string title;                // "Difficulty"
  std::vector<std::string> values;  // in the order to show; others follow
  std::vector<int64_t> bounds;      // numbers fall into the ranges between these; empty: values
  bool upper = false;               // a bound ends its range; else it begins the next one

  // The part that a value belongs to: the value itself, or its range. "" where it has none.
  std::string part_of(const std::string& value) const;
  // Where a part stands among the others.
  size_t place_of(const std::string& part) const;
};
// Tokens of the finished prompt, a sample's own rather than of its record.
inline constexpr const char* kPromptTokens = "prompt_tokens";

// nlohmann's exceptions leave to the caller, who knows the file.
Breakdown breakdown_from(const nlohmann::json& object);
nlohmann::json breakdown_json(const Breakdown& breakdown);

}  // namespace loom
