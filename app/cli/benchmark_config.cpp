#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <set>

#include "app/cli/plan_flags.h"
#include "core/base/text_file.h"

namespace loom::cli {
namespace {

std::string lower(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return text;
}

template <typename T>
std::vector<T> list_of(const YAML::Node& node) {
  if (node.IsSequence()) return node.as<std::vector<T>>();
  return {node.as<T>()};
}

Result<PlanBenchmark> read_keys(const YAML::Node& root, const std::string& file) {
  // build_data is another program's way of working; which tasks are wrapped in a chat template is
  // read apart from this, as a prompt pack.
  static const std::set<std::string> kWithoutEffect = {"build_data", "no_template_tasks",
                                                       "template"};
  PlanBenchmark benchmark;
  for (const auto& entry : root) {
    std::string key = entry.first.as<std::string>();
    const YAML::Node& value = entry.second;
    if (key == "benchmark_name") {
      benchmark.id = lower(value.as<std::string>());
      std::replace(benchmark.id.begin(), benchmark.id.end(), '-', '_');
    } else if (key == "task_names" || key == "task_name") {
      benchmark.tasks = list_of<std::string>(value);
    } else if (key == "length" || key == "lengths") {
      benchmark.lengths = list_of<size_t>(value);
    } else if (key == "num_samples") {
      benchmark.samples = value.as<size_t>();
    } else if (key == "parameters" && value.IsMap()) {
      for (const auto& parameter : value)
        benchmark.parameters[parameter.first.as<std::string>()] =
            parameter.second.as<std::string>();
    } else if (!kWithoutEffect.contains(key)) {
      return Error{ErrorKind::unsupported, "the key \"" + key + "\" is not understood",
                   file + ":" + std::to_string(entry.first.Mark().line + 1),
                   "Keys: benchmark_name, task_names, length, num_samples"};
    }
  }
  if (benchmark.id.empty())
    return Error{ErrorKind::invalid_input, "benchmark_name is missing", file,
                 "Add a line: benchmark_name: ID; loomscope-cli benchmarks ls lists them"};
  return benchmark;
}

}  // namespace

Result<PlanBenchmark> read_benchmark_config(const std::filesystem::path& file) {
  LOOM_TRY(std::string text, read_file(file, 1 << 20));
  try {
    YAML::Node root = YAML::Load(text);
    if (!root.IsMap())
      return Error{ErrorKind::invalid_input, "is not a list of keys and values", file.string(),
                   "See resources/docs for the keys of a configuration"};
    return read_keys(root, file.string());
  } catch (const YAML::Exception& problem) {
    return Error{ErrorKind::invalid_input, problem.msg,
                 file.string() + ":" + std::to_string(problem.mark.line + 1),
                 "Correct the YAML at that line: another kind of value is needed there"};
  }
}

}  // namespace loom::cli
