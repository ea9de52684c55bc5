// Sentences with named gaps: "The code word of the {place} is {word}."
#pragma once

#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/random.h"

namespace loom {

using Slots = std::map<std::string, std::string>;

// A gap without a value stays as it stands.
std::string fill(std::string_view pattern, const Slots& slots);

// All values of a gap: a list, {"from", "to", "step"} or {"product": [list, list], "between"}.
std::vector<std::string> slot_values(const nlohmann::json& definition);

// Draws values in random order, each once before any comes twice.
class SlotDeck {
 public:
  SlotDeck(std::vector<std::string> values, Random random);
  const std::string& draw();
  const std::vector<std::string>& values() const { return values_; }

 private:
  std::vector<std::string> values_;
  Random random_;
  size_t next_ = 0;
};

}  // namespace loom
