#include "core/execution/pack_wording.h"

#include <algorithm>

#include "core/evaluation/prompt_pack.h"

namespace loom {
namespace {

// Gaps as fill() would look for them, with their braces.
std::vector<std::string> gaps_of(const std::string& pattern) {
  std::vector<std::string> gaps;
  for (size_t open = pattern.find('{'); open != std::string::npos;
       open = pattern.find('{', open + 1)) {
    const size_t close = pattern.find_first_of("{}\n \"", open + 1);
    if (close != std::string::npos && pattern[close] == '}' && close > open + 1)
      gaps.push_back(pattern.substr(open, close - open + 1));
  }
  return gaps;
}

}  // namespace

std::optional<Wording> pack_wording(const nlohmann::json& pack, const std::string& benchmark,
                                    const std::string& task) {
  const nlohmann::json* words = find_words(pack, benchmark, task);
  if (!words || !words->contains("prompt")) return {};
  Wording wording;
  wording.system = words->value("system", "");
  wording.prompt = words->at("prompt").get<std::string>();
  wording.answer_prefix = words->value("answer_prefix", "");
  if (words->contains("max_new_tokens"))
    wording.max_new_tokens = words->at("max_new_tokens").get<int>();
  wording.label = "pack " + pack.at("prompt_pack").get<std::string>();
  return wording;
}

Status check_pack_was_used(const Wording& wording, const TaskRecords& records) {
  if (records.wording_label != wording.label)
    return Error{ErrorKind::unsupported, "this benchmark writes its prompts itself", wording.label,
                 "Take it out of the prompt pack"};
  if (records.records.empty()) return {};
  // A document may hold any braces by chance, all of them hardly.
  for (const std::string& gap : gaps_of(wording.system + wording.prompt + wording.answer_prefix)) {
    auto shows = [&gap](const Record& record) {
      return (record.system + record.prompt + record.answer_prefix).find(gap) != std::string::npos;
    };
    if (std::all_of(records.records.begin(), records.records.end(), shows))
      return Error{ErrorKind::invalid_input, "the task has no field for " + gap, wording.label,
                   "loomscope-cli benchmarks sample shows a record"};
  }
  return {};
}

}  // namespace loom
