#include "core/evaluation/prompt_pack.h"

#include <algorithm>

namespace loom {
namespace {

using nlohmann::json;

Error wrong_field(const std::string& place, const std::string& what) {
  return {ErrorKind::invalid_input, what, place,
          "See resources/docs/prompt-packs.md for the format"};
}

Status check_words(const json& words, const std::string& place) {
  if (!words.is_object()) return wrong_field(place, "must be an object");
  for (const auto& [field, value] : words.items()) {
    if (field == "max_new_tokens") {
      if (!value.is_number_integer() || value < 1 || value > 1'000'000)
        return wrong_field(place + "." + field, "must be a number of tokens");
    } else if (field == "stop") {
      const bool texts =
          value.is_array() && std::all_of(value.begin(), value.end(), [](const json& one) {
            return one.is_string() && !one.get_ref<const std::string&>().empty();
          });
      if (!texts) return wrong_field(place + "." + field, "must be a list of texts");
    } else if (field == "chat_template") {
      if (!value.is_boolean()) return wrong_field(place + "." + field, "must be true or false");
    } else if (field != "system" && field != "prompt" && field != "answer_prefix") {
      return wrong_field(place + "." + field, "is not a known field");
    } else if (!value.is_string()) {
      return wrong_field(place + "." + field, "must be text");
    }
  }
  // What asks in the words there are may still say how they are wrapped.
  const bool wrapping_alone = words.size() == 1 && words.contains("chat_template");
  if (!wrapping_alone && words.value("prompt", "").empty())
    return wrong_field(place, "has no prompt");
  return {};
}

}  // namespace

Status check_prompt_pack(const json& pack) {
  if (!pack.is_object()) return wrong_field("prompt_pack", "must be an object");
  for (const auto& [field, value] : pack.items())
    if (field != "format" && field != "prompt_pack" && field != "benchmarks")
      return wrong_field("prompt_pack." + field, "is not a known field");
  if (pack.value("format", json(1)) != 1)
    return Error{ErrorKind::unsupported, "the pack is of a newer format", "prompt_pack.format",
                 "Update LoomScope"};
  if (!pack.contains("prompt_pack") || !pack["prompt_pack"].is_string() ||
      pack["prompt_pack"].get_ref<const std::string&>().empty())
    return wrong_field("prompt_pack", "must have a name");
  if (!pack.contains("benchmarks") || !pack["benchmarks"].is_object() || pack["benchmarks"].empty())
    return wrong_field("prompt_pack.benchmarks", "must name at least one benchmark");
  for (const auto& [benchmark, tasks] : pack["benchmarks"].items()) {
    const std::string place = "prompt_pack.benchmarks." + benchmark;
    if (!tasks.is_object() || tasks.empty())
      return wrong_field(place, "must name at least one task");
    for (const auto& [task, words] : tasks.items())
      LOOM_CHECK(check_words(words, place + "." + task));
  }
  return {};
}

bool pack_wraps(const json& pack, const std::string& benchmark, const std::string& task,
                bool otherwise) {
  const json* words = find_words(pack, benchmark, task);
  return words ? words->value("chat_template", otherwise) : otherwise;
}

std::vector<std::string> pack_stops(const json& pack, const std::string& benchmark,
                                    const std::string& task,
                                    const std::vector<std::string>& otherwise) {
  const json* words = find_words(pack, benchmark, task);
  return words ? words->value("stop", otherwise) : otherwise;
}

const json* find_words(const json& pack, const std::string& benchmark, const std::string& task) {
  if (pack.is_null()) return nullptr;
  const json& benchmarks = pack.at("benchmarks");
  auto tasks = benchmarks.find(benchmark);
  if (tasks == benchmarks.end()) return nullptr;
  auto found = tasks->find(task);
  if (found == tasks->end()) found = tasks->find("*");
  return found == tasks->end() ? nullptr : &*found;
}

}  // namespace loom
