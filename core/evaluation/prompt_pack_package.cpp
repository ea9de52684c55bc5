// What the package loom-scope's configurations say about chat templates.
#include <yaml-cpp/yaml.h>

#include <algorithm>

#include "core/base/text_file.h"
#include "core/evaluation/package_names.h"
#include "core/evaluation/prompt_pack_sources.h"
#include "core/evaluation/yaml_problem.h"

namespace loom {
namespace {

using nlohmann::json;
namespace fs = std::filesystem;

std::string lower(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return text;
}

std::vector<std::string> texts_of(const YAML::Node& node) {
  if (!node || node.IsNull()) return {};
  if (node.IsSequence()) return node.as<std::vector<std::string>>();
  return {node.as<std::string>()};
}

Result<json> from_keys(const fs::path& file, const YAML::Node& root) {
  const YAML::Node wrapper = root["template"], without = root["no_template_tasks"];
  if (!wrapper.IsDefined() && !without.IsDefined()) return json();
  if (!root["benchmark_name"].IsDefined()) return pack_problem(file, "benchmark_name is missing");
  const std::string benchmark = package_benchmark(root["benchmark_name"].as<std::string>());
  const bool named = wrapper.IsDefined() && !wrapper.IsNull();
  const auto raw = without.IsDefined() ? texts_of(without) : std::vector<std::string>();
  const bool none = !named || (raw.size() == 1 && raw.front() == "all");
  if (none || raw.empty()) return pack_of(file, benchmark, {{"*", {{"chat_template", !none}}}});
  auto names = texts_of(root["task_names"].IsDefined() ? root["task_names"] : root["task_name"]);
  if (names.empty())
    return pack_problem(file, "no_template_tasks needs task_names",
                        "Name the tasks, or write no_template_tasks: all");
  json tasks = json::object();
  for (const std::string& name : names) {
    const std::string searched = lower(name);
    const bool found = std::any_of(raw.begin(), raw.end(), [&](const std::string& entry) {
      return searched.find(entry) != std::string::npos;
    });
    for (const std::string& task : package_tasks(benchmark, name, texts_of(root["sizes"])))
      tasks[task] = {{"chat_template", !found}};
  }
  return pack_of(file, benchmark, std::move(tasks));
}

}  // namespace

Result<json> pack_from_package_config(const fs::path& file) {
  LOOM_TRY(const std::string text, read_file(file, 1 << 20));
  try {
    const YAML::Node root = YAML::Load(text);
    if (!root.IsMap()) return pack_problem(file, "is not a list of keys and values");
    return from_keys(file, root);
  } catch (const YAML::Exception& problem) {
    return yaml_problem(file, problem);
  }
}

}  // namespace loom
