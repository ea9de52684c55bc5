// Tasks of lm-evaluation-harness become packs of ours.
#include <yaml-cpp/yaml.h>

#include <set>

#include "core/evaluation/prompt_pack_sources.h"

namespace loom {
namespace {

using nlohmann::json;
namespace fs = std::filesystem;

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

bool is_field_name(const std::string& text) {
  return !text.empty() && text.find_first_not_of(
                              "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                              "0123456789_") == std::string::npos;
}

// The harness takes LongBench from a copy that calls the question otherwise.
std::string field_here(const std::string& benchmark, const std::string& field) {
  const bool copied = benchmark == "longbench" || benchmark == "longbench_e";
  return copied && field == "question" ? "input" : field;
}

// Jinja as far as it only names fields: {{ context }} is {context}.
Result<std::string> from_jinja(const std::string& text, const fs::path& file,
                               const std::string& benchmark) {
  std::string plain;
  for (size_t at = 0; at < text.size();) {
    const size_t open = text.find('{', at);
    plain += text.substr(at, open - at);
    if (open == std::string::npos) break;
    const bool field = text.compare(open, 2, "{{") == 0;
    if (!field && (text.compare(open, 2, "{%") == 0 || text.compare(open, 2, "{#") == 0))
      return pack_problem(
          file, "doc_to_text holds Jinja statements: " + text.substr(open, 40),
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
    if (!is_field_name(name))
      return pack_problem(
          file, "doc_to_text computes with fields: " + text.substr(open, 40),
          "Write the prompt with {{field}} alone, or as a pack of LoomScope's format");
    plain += "{" + field_here(benchmark, name) + "}";
    at = close + 2;
  }
  return plain;
}

// A text that is no more than a name is the record's field of that name.
Result<std::string> document_words(const std::string& text, const fs::path& file,
                                   const std::string& benchmark) {
  if (is_field_name(text)) return "{" + field_here(benchmark, text) + "}";
  LOOM_TRY(std::string words, from_jinja(text, file, benchmark));
  if (words.find('{') == std::string::npos)
    return pack_problem(file, "doc_to_text names no field of the records",
                        "Name them as {{context}}");
  return words;
}

// What ends an answer; none where the list is empty.
json stops_of(const YAML::Node& until) {
  json stops = json::array();
  const auto add = [&stops](const YAML::Node& one) {
    if (auto text = one.as<std::string>(); !text.empty()) stops.push_back(std::move(text));
  };
  if (until.IsSequence())
    for (const YAML::Node& one : until) add(one);
  else if (!until.IsNull())
    add(until);
  return stops;
}

void add_generation(const YAML::Node& settings, json& words) {
  if (settings["max_gen_toks"]) words["max_new_tokens"] = settings["max_gen_toks"].as<int>();
  if (!settings["until"]) return;
  if (json stops = stops_of(settings["until"]); !stops.empty()) words["stop"] = std::move(stops);
}

// Which set of data the task asks about.
std::string entry_of(const YAML::Node& root, const std::string& benchmark) {
  if (root["dataset_name"]) return root["dataset_name"].as<std::string>();
  if (!root["task"]) return "";
  std::string task = root["task"].as<std::string>();
  if (task.starts_with(benchmark + "_")) task.erase(0, benchmark.size() + 1);
  return task;
}

}  // namespace

Result<json> pack_from_harness_task(const fs::path& file, const YAML::Node& root,
                                    const std::string& benchmark) {
  if (root["include"])
    return pack_problem(file, "the task takes parts from another file: include",
                        "Put the included fields into this file");
  std::string prompt;
  json words = json::object();
  for (const auto& one : root) {
    const auto field = one.first.as<std::string>();
    if (one.second.Tag() == "!function" && !kWithoutWords.contains(field))
      return pack_problem(file, field + " is Python code, which is not executed",
                          "Write it as text with {{field}}");
    if (field == "doc_to_text" || field == "gen_prefix" || field == "description") {
      const auto given = one.second.as<std::string>();
      LOOM_TRY(const std::string text, field == "doc_to_text"
                                           ? document_words(given, file, benchmark)
                                           : from_jinja(given, file, benchmark));
      if (text.find("\\n") != std::string::npos)
        return pack_problem(
            file, field + " holds \\n as two characters, as YAML reads it in single quotes",
            "Use double quotes or a block");
      if (field == "doc_to_text") prompt += text;
      if (field == "description") prompt.insert(0, text);
      if (field == "gen_prefix") words["answer_prefix"] = text;
    } else if (field == "generation_kwargs") {
      add_generation(one.second, words);
    } else if (field == "num_fewshot") {
      if (one.second.as<int>() != 0)
        return pack_problem(file, "num_fewshot is not 0", "Write the examples into the prompt");
    } else if (!kWithoutWords.contains(field)) {
      return pack_problem(file, "the field " + field + " is not known");
    }
  }
  if (prompt.empty()) return pack_problem(file, "there is no doc_to_text");
  words["prompt"] = prompt;
  std::string of = benchmark, entry = entry_of(root, benchmark);
  if (entry.empty()) return pack_problem(file, "there is neither dataset_name nor task");
  // The harness' sets of LongBench-E: "qasper_e".
  if ((of == "longbench" || of == "longbench_e") && entry.ends_with("_e")) {
    of = "longbench_e";
    entry.resize(entry.size() - 2);
  }
  json tasks = json::object();
  for (const std::string& task : tasks_of_entry(of, entry)) tasks[task] = words;
  return pack_of(file, of, std::move(tasks));
}

}  // namespace loom
