// What models-registry/ says: behaviour is code, description is JSON. The wizard builds its forms
// from these values, so a new method, model or benchmark needs no ui edit.
#pragma once

#include <cstdint>
#include <iterator>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "core/catalog/breakdown.h"
#include "core/catalog/truncation_rule.h"

namespace loom {

struct CustomBenchmark;

// One field of a form: label, type, default, unit, one line of help.
struct Parameter {
  std::string id, label, help, unit, effect;  // effect: what changes if I raise this
  std::string type;  // "integer", "number", "text", "boolean", "choice", "integer_list"
  nlohmann::json default_value;
  std::string default_label;  // what the default stands for, where the value does not say it
  std::optional<double> minimum, maximum;
  std::vector<std::string> choices;
};

// How answers to a task become scores under one rule set.
struct TaskRule {
  std::string metric;
  nlohmann::json parameters = nlohmann::json::object();
  std::string references;  // the field of Record::metadata that holds other references; "": none
  std::string reason;      // why there is no score; "": there is one
  int max_new_tokens = 0;  // of answers that are to be scored so; 0: the task's
  size_t official_samples = 0;  // that its published scores are of; 0: the task's
};

struct TaskDescription {
  std::string id, title, help, language;  // language: BCP 47, "en"
  std::string metric;
  nlohmann::json metric_parameters = nlohmann::json::object();
  int max_new_tokens = 0;
  std::vector<std::string> stop;
  std::vector<std::string> end_texts;  // the last token of each ends the answer
  bool end_texts_for_several = false;  // of models that have several ends of their own
  int min_new_tokens = 0;              // before which no end is taken
  bool chat_template = true;
  TruncationRule truncation = TruncationRule::middle;  // where the plan leaves it to the task
  double repetition_penalty = 1;                       // likewise
  size_t official_samples = 0;                         // 0: not known
  std::map<size_t, size_t> official_samples_from;      // other numbers from a length on
  // Where a parameter decides it: by "parameter=value", then by length.
  std::map<std::string, std::map<size_t, size_t>> official_samples_of;
  bool first_samples = false;   // the official scores are of so many records, the file's first
  std::vector<size_t> lengths;  // that its data has; empty: the benchmark's
  std::string capability;       // when it differs from the benchmark's
  std::map<std::string, TaskRule> rules;  // of rule sets that differ from the official one
  std::string group;  // tasks of one group count as one in the benchmark's mean; "": alone

  size_t official_samples_at(size_t length, const nlohmann::json& parameters = {},
                             const std::string& rule_set = {}) const {
    if (!official_samples_of.empty() && parameters.is_object())
      for (const auto& [parameter, value] : parameters.items()) {
        if (!value.is_string()) continue;
        const auto chosen =
            official_samples_of.find(parameter + "=" + value.get_ref<const std::string&>());
        if (chosen == official_samples_of.end()) continue;
        const auto at = chosen->second.find(length);
        return at == chosen->second.end() ? 0 : at->second;
      }
    if (const auto rule = rules.find(rule_set);
        rule != rules.end() && rule->second.official_samples > 0)
      return rule->second.official_samples;
    const auto next = official_samples_from.upper_bound(length);
    return next == official_samples_from.begin() ? official_samples : std::prev(next)->second;
  }
};

struct DataFile {
  std::string path;  // below the benchmark's data folder
  std::string hub_id, hub_path, sha256;
  uint64_t bytes = 0;
  bool required = false;
  std::string hub_revision;  // "" is main; a commit pins the file
  // Where the file is not here ours takes its place, and nothing is missing: wordings, raw
  // material.
  bool has_substitute = false;
};

struct BenchmarkDescription {
  std::string id, title, summary, capability, licence, citation, paper, version;
  std::string bibtex;  // a finished entry; empty: made of the citation
  std::vector<std::string> languages;
  bool generated = false;       // made here, no download needed
  std::vector<size_t> lengths;  // offered lengths in tokens; empty: the data decides
  std::vector<size_t> default_lengths;
  size_t minimum_length = 256;  // the shortest that can be asked for, offered or not
  size_t default_samples = 0;
  size_t made_samples = 0;  // that it makes of a task whose official number is not known
  std::vector<TaskDescription> tasks;
  std::vector<std::string> rule_sets;  // offered beside the official one
  // A group's score is the mean over all samples of its tasks; false: the mean of its tasks.
  bool pool_groups = false;
  std::vector<Breakdown> breakdowns;  // of every task
  std::vector<Parameter> parameters;
  std::vector<DataFile> files;
  std::shared_ptr<const CustomBenchmark> custom;  // one that the user added; null: the program's
  const TaskDescription* task(const std::string& task_id) const;
  // Whether there is, or can be, data of the task at a length; 0 is the data's own.
  bool has_length(const TaskDescription& task, size_t length) const;
};

// Where a suite's own files of one of its benchmarks are, when the user has them: a path below the
// suite's folder with {task}, {length} (4096) and {size} (4k), and the lengths that are then asked
// for; {0} where a file holds whatever there is.
struct SuiteFiles {
  std::string path;
  std::vector<size_t> lengths;
  bool any_task = false;  // which tasks there are is not known: those with files are taken
};
// What a benchmark contributes to a suite.
struct SuiteEntry {
  std::string benchmark;
  std::vector<std::string> tasks;  // empty: all
  std::vector<size_t> lengths;     // empty: the benchmark's default
  size_t samples = 0;              // per task and length; 0: the official number
  nlohmann::json parameters = nlohmann::json::object();
  std::vector<SuiteFiles> own;  // the first whose files are all here is read, whole
};
// Benchmarks that are run together. The suite's score is the mean of its benchmarks.
struct SuiteDescription {
  std::string id, title, summary, citation, paper;
  std::string hub_id;  // the data set of the suite's own files; "": none
  std::vector<SuiteEntry> entries;
};

// Servers and augmentations share this shape: an entry with a form.
struct MethodDescription {
  std::string id, title, summary, paper, licence, version;
  std::vector<Parameter> parameters;
};

struct ArchitectureDescription {
  std::string id, title, summary;        // id = GGUF architecture name / model_type
  std::vector<std::string> model_types;  // config.json spellings
};

// The order used by charts and tables.
inline const std::vector<std::string> kCapabilities = {
    "faithfulness", "general", "reasoning", "retrieval", "generation", "specialization"};

}  // namespace loom
