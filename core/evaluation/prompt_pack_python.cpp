// Packs out of Python files and of BABILong's configurations.
#include <algorithm>

#include "core/base/text_file.h"
#include "core/evaluation/prompt_pack_sources.h"
#include "core/text/python_assignments.h"
#include "core/text/python_text.h"

namespace loom {
namespace {

using nlohmann::json;
namespace fs = std::filesystem;

constexpr size_t kLargestPythonFile = 4 << 20;
constexpr const char* kBabiLong = "babilong";
// InfiniteBench keeps a set of prompts for each of four models; this one is for local models.
constexpr const char* kLocalFamily = "yarn";

bool holds(const json& value, bool (*fits)(const json&)) {
  return value.is_object() && !value.empty() && std::all_of(value.begin(), value.end(), fits);
}
bool is_prompt_set(const json& value) {
  return holds(value, [](const json& text) { return text.is_string(); }) &&
         std::any_of(value.begin(), value.end(), [](const json& text) {
           return text.get_ref<const std::string&>().find("{context}") != std::string::npos;
         });
}
bool is_limit_set(const json& value) {
  return holds(value, [](const json& number) { return number.is_number_integer(); });
}
bool is_parts(const json& value) {
  return holds(value, [](const json& text) { return text.is_string(); }) &&
         value.contains("instruction") && value.contains("post_prompt");
}
bool is_parts_set(const json& value) {
  return holds(value, is_parts);
}
bool is_parts_pattern(const json& value) {
  if (!value.is_string()) return false;
  const auto& text = value.get_ref<const std::string&>();
  return text.find("{instruction}") != std::string::npos &&
         text.find("{context}") != std::string::npos;
}

std::vector<std::string> names_that(const PythonAssignments& names, bool (*fit)(const json&)) {
  std::vector<std::string> fitting;
  for (const auto& [name, value] : names.values)
    if (fit(value)) fitting.push_back(name);
  return fitting;
}

std::string joined(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "" : ", ") + name;
  return text;
}

// The one name, or why there is none or no single one.
Result<std::string> only(const fs::path& file, const PythonAssignments& names,
                         const std::vector<std::string>& fitting, const std::string& what) {
  if (fitting.size() == 1) return fitting.front();
  if (!fitting.empty())
    return pack_problem(file, "holds " + what + " more than once: " + joined(fitting),
                        "Keep one of them in a copy of the file");
  std::string others;
  for (const auto& [name, why] : names.refused) others += "; " + name + ", " + why;
  return pack_problem(
      file, "holds no " + what + " as plain text" + others,
      "Prompts that functions put together are not executed: write them as a pack of "
      "LoomScope's format (resources/docs/prompt-packs.md, with one for L-Eval)");
}

Result<json> from_parts(const fs::path& file, const PythonAssignments& names,
                        const std::string& set) {
  LOOM_TRY(const std::string pattern,
           only(file, names, names_that(names, is_parts_pattern), "a pattern of the prompts"));
  json tasks = json::object();
  for (const auto& [task, parts] : names.values.at(set).items())
    tasks[task]["prompt"] = babilong_prompt(parts, names.values.at(pattern).get<std::string>());
  return tasks;
}

}  // namespace

Result<json> pack_from_python(const fs::path& file, const std::string& benchmark) {
  LOOM_TRY(const std::string text, read_file(file, kLargestPythonFile));
  auto read = python_assignments(text);
  if (!read)
    return pack_problem(file, read.error().where + ": " + read.error().message,
                        "Correct the Python there, or write the prompts as a pack");
  const PythonAssignments& names = *read;
  if (const auto sets = names_that(names, is_parts_set); sets.size() == 1) {
    LOOM_TRY(json tasks, from_parts(file, names, sets.front()));
    return pack_of(file, benchmark, std::move(tasks));
  }
  auto sets = names_that(names, is_prompt_set);
  if (sets.size() > 1)
    if (const auto local = std::find_if(
            sets.begin(), sets.end(),
            [](const std::string& name) { return name.find(kLocalFamily) != std::string::npos; });
        local != sets.end())
      sets = {*local};
  LOOM_TRY(const std::string set, only(file, names, sets, "prompts"));
  json tasks = json::object();
  for (const auto& [task, prompt] : names.values.at(set).items())
    tasks[task]["prompt"] = single_braces(prompt.get<std::string>());
  std::vector<std::string> limits;
  for (const std::string& name : names_that(names, is_limit_set)) {
    const json& numbers = names.values.at(name);
    bool of_these = false;
    for (const auto& [task, words] : tasks.items()) of_these |= numbers.contains(task);
    if (of_these) limits.push_back(name);
  }
  if (!limits.empty()) {
    LOOM_TRY(const std::string name, only(file, names, limits, "limits"));
    for (const auto& [task, limit] : names.values.at(name).items())
      if (tasks.contains(task)) tasks[task]["max_new_tokens"] = limit;
  }
  return pack_of(file, benchmark, std::move(tasks));
}

bool is_babilong_run(const json& root) {
  if (!root.is_object() || !root.contains("prompt") || !root["prompt"].is_object()) return false;
  json parts = root["prompt"];
  parts.erase("chat_template");
  return is_parts(parts);
}

std::string babilong_prompt(const json& parts, const std::string& pattern) {
  std::string prompt;
  for (size_t at = 0; at < pattern.size();) {
    const size_t open = std::min(pattern.find('{', at), pattern.size());
    prompt += pattern.substr(at, open - at);
    const size_t close = pattern.find('}', open);
    if (open == pattern.size() || close == std::string::npos) {
      prompt += pattern.substr(open);
      break;
    }
    const std::string name = pattern.substr(open + 1, close - open - 1);
    const bool part = name == "instruction" || name == "examples" || name == "post_prompt";
    prompt += part ? parts.value(name, "") : pattern.substr(open, close + 1 - open);
    at = close + 1;
  }
  return std::string(strip_spaces(prompt));
}

Result<json> pack_from_babilong_runs(const fs::path& file) {
  const std::string name = file.filename().string();
  const size_t number = name.starts_with("qa") ? 2 : name.size();
  const size_t end = std::min(name.find_first_not_of("0123456789", number), name.size());
  if (end == number || end == name.size())
    return pack_problem(file, "the file's name does not begin with its task",
                        "Call it qa1_….json, qa2_….json and so on");
  constexpr int kTasks = 20;
  json tasks = json::object();
  for (int task = 1; task <= kTasks; ++task) {
    const std::string id = "qa" + std::to_string(task);
    const fs::path one = file.parent_path() / (id + name.substr(end));
    std::error_code absent;
    if (!fs::exists(one, absent)) continue;
    LOOM_TRY(const json root, read_json(one));
    if (!is_babilong_run(root)) return pack_problem(one, "holds no prompts of BABILong");
    const json& parts = root["prompt"];
    const json pattern = parts.value("template", json());
    if (!is_parts_pattern(pattern))
      return pack_problem(one, "its template has no {instruction} or no {context}");
    tasks[id]["prompt"] = babilong_prompt(parts, pattern.get<std::string>());
    if (parts.contains("chat_template")) tasks[id]["chat_template"] = parts["chat_template"];
  }
  return pack_of(file, kBabiLong, std::move(tasks));
}

}  // namespace loom
