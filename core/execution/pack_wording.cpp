#include "core/execution/pack_wording.h"

#include <algorithm>
#include <set>

#include "core/base/text_file.h"
#include "core/benchmarks/house_data.h"
#include "core/benchmarks/wording.h"
#include "core/evaluation/prompt_pack.h"

namespace loom {
namespace {

using nlohmann::json;
namespace fs = std::filesystem;

constexpr size_t kLargestFile = 4 << 20;

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

std::string words_of(const json& words) {
  return words.value("system", "") + words.value("prompt", "") + words.value("answer_prefix", "");
}

// Those that our own words for a benchmark's tasks use, which is all there are. None of a benchmark
// that is the user's own or writes its prompts itself.
std::set<std::string> fields_of(const std::string& benchmark) {
  const std::string source = benchmark == "longbench_e" ? "longbench" : benchmark;
  const bool plain_name = source.find_first_of("/\\.") == std::string::npos;
  const auto root = plain_name ? house_json("templates/" + source + ".json") : Result<json>(json());
  if (!root || !root->is_object()) return {};
  std::set<std::string> fields;
  const json tasks = root->value("tasks", json::object());
  for (const auto& [task, words] : tasks.items())
    if (words.is_object())
      for (const std::string& gap : gaps_of(words_of(words))) fields.insert(gap);
  return fields;
}

std::string listed(const std::set<std::string>& fields) {
  std::string text;
  for (const std::string& field : fields) text += (text.empty() ? "" : ", ") + field;
  return text;
}

// Where a file first names a field, with spaces inside the braces or without: "pack.json:7".
std::string place_of(const std::string& gap, const fs::path& file) {
  const auto text = read_file(file, kLargestFile);
  const std::string name = gap.substr(1, gap.size() - 2);
  for (size_t at = text ? text->find(name) : std::string::npos; at != std::string::npos;
       at = text->find(name, at + 1)) {
    const size_t before = at == 0 ? std::string::npos : text->find_last_not_of(" -", at - 1);
    if (before == std::string::npos || (*text)[before] != '{') continue;
    const auto end = text->begin() + static_cast<long>(at);
    return file.string() + ":" + std::to_string(1 + std::count(text->begin(), end, '\n'));
  }
  return file.string();
}

}  // namespace

std::optional<Wording> pack_wording(const json& pack, const std::string& benchmark,
                                    const std::string& task) {
  const json* words = find_words(pack, benchmark, task);
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

Status check_pack_fields(const json& pack, const fs::path& file) {
  if (pack.is_null()) return {};
  for (const auto& [benchmark, tasks] : pack.at("benchmarks").items()) {
    const std::set<std::string> fields = fields_of(benchmark);
    if (fields.empty()) continue;
    for (const auto& [task, words] : tasks.items())
      for (const std::string& gap : gaps_of(words_of(words)))
        if (!fields.contains(gap))
          return Error{
              ErrorKind::invalid_input,
              "the words for " + benchmark + "/" + task + " name " + gap + ", which no record has",
              place_of(gap, file),
              "Use " + listed(fields) + "; what else stands in braces is taken for a field"};
  }
  return {};
}

Status check_pack_was_used(const TaskRequest& request, const std::string& benchmark,
                           const TaskRecords& records) {
  const Wording& wording = *request.wording;
  if (records.wording_label != wording.label)
    return Error{ErrorKind::unsupported, "this benchmark writes its prompts itself", wording.label,
                 "Take it out of the prompt pack"};
  if (records.records.empty()) return {};
  // A document may hold any braces by chance, all of them hardly.
  for (const std::string& gap : gaps_of(wording.system + wording.prompt + wording.answer_prefix)) {
    auto shows = [&gap](const Record& record) {
      return (record.system + record.prompt + record.answer_prefix).find(gap) != std::string::npos;
    };
    if (!std::all_of(records.records.begin(), records.records.end(), shows)) continue;
    const std::set<std::string> fields = fields_of(benchmark);
    return Error{ErrorKind::invalid_input, "the task has no field for " + gap,
                 wording.label + ": " + benchmark + "/" + request.task,
                 (fields.empty() ? "" : "The benchmark's fields are " + listed(fields) + "; ") +
                     std::string("loomscope-cli benchmarks sample shows a record")};
  }
  return {};
}

}  // namespace loom
