#include "core/benchmarks/slot_text.h"

namespace loom {

std::string fill(std::string_view pattern, const Slots& slots) {
  std::string text;
  for (size_t at = 0; at < pattern.size();) {
    size_t open = pattern.find('{', at);
    size_t close = open == std::string_view::npos ? open : pattern.find('}', open);
    if (close == std::string_view::npos) return text.append(pattern.substr(at));
    open = pattern.rfind('{', close);  // braces around a gap are text
    text += pattern.substr(at, open - at);
    auto slot = slots.find(std::string(pattern.substr(open + 1, close - open - 1)));
    text += slot == slots.end() ? pattern.substr(open, close + 1 - open) : slot->second;
    at = close + 1;
  }
  return text;
}

std::vector<std::string> slot_values(const nlohmann::json& definition) {
  if (definition.is_array()) return definition.get<std::vector<std::string>>();
  std::vector<std::string> values;
  if (definition.contains("product")) {
    const auto lists = definition.at("product").get<std::vector<std::vector<std::string>>>();
    const std::string between = definition.at("between").get<std::string>();
    for (const std::string& first : lists.at(0))
      for (const std::string& second : lists.at(1)) values.push_back(first + between + second);
    return values;
  }
  const int from = definition.at("from").get<int>(), to = definition.at("to").get<int>();
  for (int value = from; value <= to; value += definition.at("step").get<int>())
    values.push_back(std::to_string(value));
  return values;
}

SlotDeck::SlotDeck(std::vector<std::string> values, Random random)
    : values_(std::move(values)), random_(random) {
  random_.shuffle(values_);
}

const std::string& SlotDeck::draw() {
  if (next_ == values_.size()) {
    random_.shuffle(values_);
    next_ = 0;
  }
  return values_.at(next_++);
}

}  // namespace loom
