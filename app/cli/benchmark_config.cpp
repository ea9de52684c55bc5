#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <set>

#include "app/cli/plan_flags.h"
#include "core/base/text_file.h"
#include "core/evaluation/package_names.h"

namespace loom::cli {
namespace {

template <typename T>
std::vector<T> list_of(const YAML::Node& node) {
  if (node.IsSequence()) return node.as<std::vector<T>>();
  return {node.as<T>()};
}

std::string place_of(const std::string& file, const YAML::Node& node) {
  return file + ":" + std::to_string(node.Mark().line + 1);
}

Result<std::vector<size_t>> lengths_in(const YAML::Node& node, const std::string& file) {
  std::vector<size_t> lengths;
  for (const std::string& text : list_of<std::string>(node)) {
    const auto length = package_length(text);
    if (!length)
      return Error{ErrorKind::invalid_input, "\"" + text + "\" is not a length in tokens",
                   place_of(file, node), "For example [4096, 8192] or [4k, 8k]"};
    lengths.push_back(*length);
  }
  return lengths;
}

// Keys that say how another program works (how it makes data, whom it asks to judge), and which
// tasks are wrapped in a chat template: that is read apart from this, as a prompt pack.
const std::set<std::string> kWithoutEffect = {
    "api_key",   "api_url",     "build_data", "built_new_data",    "eval_quality", "gpt4_api_key",
    "gpt_model", "judge_model", "parallel",   "no_template_tasks", "template"};
// BABILong's parts of a prompt: ours holds what they are for.
const std::set<std::string> kPromptParts = {"use_instruction", "use_examples", "use_post_prompt"};

// What a configuration says, in its own words.
struct PackageKeys {
  PlanBenchmark benchmark;
  std::vector<std::string> tasks, sizes;
  std::vector<size_t> first_lengths, second_lengths;  // Ada-LEval's, of either task
};

Status read_key(const YAML::Node& name, const YAML::Node& value, const std::string& file,
                PackageKeys& keys) {
  const auto key = name.as<std::string>();
  PlanBenchmark& benchmark = keys.benchmark;
  if (key == "benchmark_name") {
    benchmark.id = package_benchmark(value.as<std::string>());
  } else if (key == "task_names" || key == "task_name") {
    keys.tasks = list_of<std::string>(value);
  } else if (key == "length" || key == "lengths") {
    LOOM_TRY(benchmark.lengths, lengths_in(value, file));
  } else if (key == "lengths1") {
    LOOM_TRY(keys.first_lengths, lengths_in(value, file));
  } else if (key == "lengths2") {
    LOOM_TRY(keys.second_lengths, lengths_in(value, file));
  } else if (key == "sizes") {
    keys.sizes = list_of<std::string>(value);
  } else if (key == "num_samples") {
    benchmark.samples = value.as<size_t>();
  } else if (key == "no_context" || key == "cot") {
    if (value.as<bool>()) benchmark.parameters[key] = true;
  } else if (key == "propmt_max_len") {
    benchmark.parameters["prompt_tokens"] = value.as<size_t>();
  } else if (key == "parameters" && value.IsMap()) {
    for (const auto& parameter : value)
      benchmark.parameters[parameter.first.as<std::string>()] = parameter.second.as<std::string>();
  } else if (kPromptParts.contains(key)) {
    if (!value.as<bool>())
      return Error{ErrorKind::unsupported, "the key \"" + key + "\" is false", place_of(file, name),
                   "Bring the prompts that you want as a prompt pack"};
  } else if (!kWithoutEffect.contains(key)) {
    return Error{ErrorKind::unsupported, "the key \"" + key + "\" is not understood",
                 place_of(file, name),
                 "Keys: benchmark_name, task_names, lengths, sizes, num_samples, parameters"};
  }
  return {};
}

// Ada-LEval's two tasks have lengths of their own; all else is one entry of a plan.
std::vector<PlanBenchmark> entries_of(PackageKeys keys) {
  PlanBenchmark& benchmark = keys.benchmark;
  for (const std::string& name : keys.tasks) {
    if (const std::string set = package_set(name); benchmark.id == "l_citeeval" && !set.empty())
      if (set != "Data") benchmark.parameters["set"] = set;
    for (std::string& task : package_tasks(benchmark.id, name, keys.sizes))
      benchmark.tasks.push_back(std::move(task));
  }
  if (keys.first_lengths.empty() && keys.second_lengths.empty()) return {std::move(benchmark)};
  std::vector<PlanBenchmark> entries;
  const std::pair<const char*, std::vector<size_t>*> tasks[] = {
      {"stackselect", &keys.first_lengths}, {"textsort", &keys.second_lengths}};
  for (const auto& [task, lengths] : tasks) {
    const auto& named = benchmark.tasks;
    if (!named.empty() && std::find(named.begin(), named.end(), task) == named.end()) continue;
    entries.push_back(benchmark);
    entries.back().tasks = {task};
    if (!lengths->empty()) entries.back().lengths = *lengths;
  }
  return entries;
}

Result<std::vector<PlanBenchmark>> read_keys(const YAML::Node& root, const std::string& file) {
  PackageKeys keys;
  for (const auto& entry : root) LOOM_CHECK(read_key(entry.first, entry.second, file, keys));
  if (keys.benchmark.id.empty())
    return Error{ErrorKind::invalid_input, "benchmark_name is missing", file,
                 "Add a line: benchmark_name: ID; loomscope-cli benchmarks ls lists them"};
  return entries_of(std::move(keys));
}

}  // namespace

Result<std::vector<PlanBenchmark>> read_benchmark_config(const std::filesystem::path& file) {
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
