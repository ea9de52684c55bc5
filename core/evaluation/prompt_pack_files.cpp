// Prompts as other programs keep them become packs of ours.
#include <yaml-cpp/yaml.h>

#include <set>

#include "core/base/text_file.h"
#include "core/evaluation/prompt_pack.h"
#include "core/evaluation/prompt_pack_sources.h"
#include "core/evaluation/yaml_problem.h"
#include "core/text/python_text.h"
#include "core/text/token_limit.h"

namespace loom {
namespace {

using nlohmann::json;
namespace fs = std::filesystem;

constexpr size_t kLargestFile = 4 << 20;
constexpr const char* kOwnName = "prompt_pack";

Error wrong(const fs::path& file, const std::string& what, const std::string& remedy = "") {
  return pack_problem(file, what, remedy);
}

// Jinja as far as it only names fields: {{ context }} is {context}.
Result<std::string> from_jinja(const std::string& text, const fs::path& file) {
  std::string plain;
  for (size_t at = 0; at < text.size();) {
    const size_t open = text.find('{', at);
    plain += text.substr(at, open - at);
    if (open == std::string::npos) break;
    const bool field = text.compare(open, 2, "{{") == 0;
    if (!field && (text.compare(open, 2, "{%") == 0 || text.compare(open, 2, "{#") == 0))
      return wrong(file, "doc_to_text holds Jinja statements: " + text.substr(open, 40),
                   "Write the prompt with {{field}} alone, or as a pack of LoomScope's format");
    if (!field) {
      plain += '{';
      at = open + 1;
      continue;
    }
    const size_t close = text.find("}}", open);
    std::string name = close == std::string::npos ? "" : text.substr(open + 2, close - open - 2);
    name.erase(0, name.find_first_not_of(" -"));
    name.erase(name.find_last_not_of(" -") + 1);
    const bool plain_name =
        !name.empty() && name.find_first_not_of(
                             "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                             "0123456789_") == std::string::npos;
    if (!plain_name)
      return wrong(file, "doc_to_text computes with fields: " + text.substr(open, 40),
                   "Write the prompt with {{field}} alone, or as a pack of LoomScope's format");
    plain += "{" + name + "}";
    at = close + 2;
  }
  return plain;
}

// Benchmarks whose files ask for a set of data once and whose tasks are parts of it.
struct PartedSets {
  const char* benchmark;
  std::vector<std::string> endings;
  std::set<std::string> sets;  // that have such parts; empty: all
  bool others = false;         // whether others are tasks as they are, or none
};
const std::vector<PartedSets>& parted_sets() {
  static const std::vector<PartedSets> all = {
      {"clongeval", {"_small", "_medium", "_large"}, {}},
      {"longbench_e",
       {"_0_4k", "_4_8k", "_8k"},
       {"qasper", "multifieldqa_en", "hotpotqa", "2wikimqa", "gov_report", "multi_news", "trec",
        "triviaqa", "samsum", "passage_count", "passage_retrieval_en", "lcc", "repobench-p"}},
      {"loogle",
       {"_comprehension_and_reasoning", "_multiple_information_retrieval", "_computation",
        "_timeline_reorder"},
       {"longdep_qa"},
       true}};
  return all;
}

// The tasks that a file's entry is for.
std::vector<std::string> tasks_of(const std::string& benchmark, const std::string& entry) {
  for (const PartedSets& one : parted_sets()) {
    if (benchmark != one.benchmark) continue;
    std::vector<std::string> tasks;
    if (one.sets.empty() || one.sets.contains(entry))
      for (const std::string& ending : one.endings) tasks.push_back(entry + ending);
    else if (one.others)
      tasks.push_back(entry);
    return tasks;
  }
  return {entry};
}

// Gaps without names are the document's, then the question's.
std::string with_names(std::string prompt) {
  if (prompt.find("{context}") != std::string::npos) return prompt;
  for (const char* gap : {"{context}", "{input}"})
    if (const size_t at = prompt.find("{}"); at != std::string::npos) prompt.replace(at, 2, gap);
  return prompt;
}

Result<json> from_dataset_prompts(const fs::path& file, const json& prompts,
                                  const std::string& benchmark) {
  json lengths = json::object();
  const fs::path beside = file.parent_path() / "dataset2maxlen.json";
  std::error_code absent;
  if (fs::exists(beside, absent)) {
    LOOM_TRY(lengths, read_json(beside));
    if (!lengths.is_object()) return wrong(beside, "must be an object of numbers");
  }
  json tasks = json::object();
  for (const auto& [entry, prompt] : prompts.items()) {
    if (!prompt.is_string()) return wrong(file, entry + " must be text");
    json words = {{"prompt", with_names(single_braces(prompt.get<std::string>()))}};
    if (lengths.contains(entry)) {
      const auto limit = token_limit(lengths[entry]);
      if (!limit)
        return wrong(beside, entry + " is no number of tokens", "Write a number such as 128");
      words["max_new_tokens"] = *limit;
    }
    for (const std::string& task : tasks_of(benchmark, entry)) tasks[task] = words;
  }
  return pack_of(file, benchmark, std::move(tasks));
}

// What of a harness task is words; the rest says where data lies and how answers are scored, which
// the benchmark here does itself.
const std::set<std::string> kWithoutWords = {"task",
                                             "task_alias",
                                             "tag",
                                             "group",
                                             "dataset_path",
                                             "dataset_name",
                                             "dataset_kwargs",
                                             "test_split",
                                             "validation_split",
                                             "training_split",
                                             "fewshot_split",
                                             "output_type",
                                             "doc_to_target",
                                             "metric_list",
                                             "metadata",
                                             "repeats",
                                             "process_results",
                                             "process_docs",
                                             "filter_list",
                                             "should_decontaminate",
                                             "doc_to_decontamination_query",
                                             "target_delimiter"};

Result<json> from_harness_task(const fs::path& file, const YAML::Node& root,
                               const std::string& benchmark) {
  if (root["include"])
    return wrong(file, "the task takes parts from another file: include",
                 "Put the included fields into this file");
  std::string prompt, task;
  json words = json::object();
  for (const auto& entry : root) {
    const auto field = entry.first.as<std::string>();
    if (entry.second.Tag() == "!function" && !kWithoutWords.contains(field))
      return wrong(file, field + " is Python code, which is not executed",
                   "Write it as text with {{field}}");
    if (field == "doc_to_text" || field == "gen_prefix" || field == "description") {
      LOOM_TRY(std::string text, from_jinja(entry.second.as<std::string>(), file));
      if (text.find("\\n") != std::string::npos)
        return wrong(file,
                     field + " holds \\n as two characters, as YAML reads it in single quotes",
                     "Use double quotes or a block");
      if (field == "doc_to_text") prompt += text;
      if (field == "description") prompt.insert(0, text);
      if (field == "gen_prefix") words["answer_prefix"] = text;
    } else if (field == "generation_kwargs") {
      if (entry.second["max_gen_toks"])
        words["max_new_tokens"] = entry.second["max_gen_toks"].as<int>();
    } else if (field == "num_fewshot") {
      if (entry.second.as<int>() != 0)
        return wrong(file, "num_fewshot is not 0", "Write the examples into the prompt");
    } else if (!kWithoutWords.contains(field)) {
      return wrong(file, "the field " + field + " is not known");
    }
  }
  if (prompt.empty()) return wrong(file, "there is no doc_to_text");
  words["prompt"] = prompt;
  if (root["dataset_name"]) {
    task = root["dataset_name"].as<std::string>();
  } else if (root["task"]) {
    task = root["task"].as<std::string>();
    if (task.starts_with(benchmark + "_")) task.erase(0, benchmark.size() + 1);
  }
  if (task.empty()) return wrong(file, "there is neither dataset_name nor task");
  return pack_of(file, benchmark, {{task, words}});
}

bool is_yaml(const fs::path& file) {
  return file.extension() == ".yaml" || file.extension() == ".yml";
}

bool is_python(const fs::path& file) {
  return file.extension() == ".py";
}

// A benchmark's configuration of loom-scope, not a task of lm-evaluation-harness.
bool is_package_config(const fs::path& file) {
  if (!is_yaml(file)) return false;
  auto text = read_file(file, kLargestFile);
  if (!text) return false;
  try {
    const YAML::Node root = YAML::Load(*text);
    return root.IsMap() && root["benchmark_name"].IsDefined();
  } catch (const YAML::Exception&) {
    return false;  // whoever reads it says what is wrong
  }
}

Result<json> read_foreign(const fs::path& file, const std::string& benchmark) {
  if (is_python(file)) return pack_from_python(file, benchmark);
  if (is_yaml(file)) {
    LOOM_TRY(const std::string text, read_file(file, kLargestFile));
    try {
      return from_harness_task(file, YAML::Load(text), benchmark);
    } catch (const YAML::Exception& problem) {
      return yaml_problem(file, problem);
    }
  }
  LOOM_TRY(const json prompts, read_json(file));
  return from_dataset_prompts(file, prompts, benchmark);
}

}  // namespace

json pack_of(const fs::path& file, const std::string& benchmark, json tasks) {
  return {{"format", 1},
          {kOwnName, file.filename().string()},
          {"benchmarks", {{benchmark, std::move(tasks)}}}};
}

Error pack_problem(const fs::path& file, const std::string& what, const std::string& remedy) {
  return {ErrorKind::invalid_input, what, file.string(), remedy};
}

Result<bool> needs_benchmark(const fs::path& file) {
  if (is_python(file)) return true;
  if (is_yaml(file)) return !is_package_config(file);
  LOOM_TRY(const json root, read_json(file));
  if (!root.is_object()) return wrong(file, "must be an object");
  return !root.contains(kOwnName) && !is_babilong_run(root);
}

Result<json> read_prompt_pack(const fs::path& file, const std::string& benchmark) {
  LOOM_TRY(const bool foreign, needs_benchmark(file));
  if (foreign && benchmark.empty())
    return wrong(file, "the file does not say which benchmark its prompts are for",
                 "Name it before the file: BENCHMARK=" + file.filename().string());
  json pack;
  if (foreign) {
    LOOM_TRY(pack, read_foreign(file, benchmark));
  } else if (is_yaml(file)) {
    LOOM_TRY(pack, pack_from_package_config(file));
    if (pack.is_null())
      return wrong(file, "says nothing of chat templates",
                   "It needs template or no_template_tasks");
  } else {
    LOOM_TRY(pack, read_json(file));
    if (is_babilong_run(pack)) {
      LOOM_TRY(pack, pack_from_babilong_runs(file));
    }
  }
  Status checked = check_prompt_pack(pack);
  if (checked) return pack;
  Error error = checked.error();
  error.where = file.string() + ": " + error.where;
  return error;
}

}  // namespace loom
