// Prompts as other programs keep them become packs of ours.
#include <yaml-cpp/yaml.h>

#include <algorithm>
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
    for (const std::string& task : tasks_of_entry(benchmark, entry)) tasks[task] = words;
  }
  return pack_of(file, benchmark, std::move(tasks));
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
      return pack_from_harness_task(file, YAML::Load(text), benchmark);
    } catch (const YAML::Exception& problem) {
      return yaml_problem(file, problem);
    }
  }
  LOOM_TRY(const json prompts, read_json(file));
  return from_dataset_prompts(file, prompts, benchmark);
}

}  // namespace

std::vector<std::string> tasks_of_entry(const std::string& benchmark, const std::string& entry) {
  for (const PartedSets& one : parted_sets()) {
    if (benchmark != one.benchmark) continue;
    if (std::any_of(one.endings.begin(), one.endings.end(),
                    [&](const std::string& ending) { return entry.ends_with(ending); }))
      return {entry};  // a part's own name
    std::vector<std::string> tasks;
    if (one.sets.empty() || one.sets.contains(entry))
      for (const std::string& ending : one.endings) tasks.push_back(entry + ending);
    else if (one.others)
      tasks.push_back(entry);
    return tasks;
  }
  return {entry};
}

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
