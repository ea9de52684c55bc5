// The files of other programs that prompt packs are made of, a function a kind. Errors name the
// file.
#pragma once

#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "core/base/result.h"

namespace YAML {
class Node;
}

namespace loom {

// A pack that is called as its file.
nlohmann::json pack_of(const std::filesystem::path& file, const std::string& benchmark,
                       nlohmann::json tasks);
Error pack_problem(const std::filesystem::path& file, const std::string& what,
                   const std::string& remedy = "");

// The tasks that a file's entry is for: parts of a set of data where these are tasks of their own.
std::vector<std::string> tasks_of_entry(const std::string& benchmark, const std::string& entry);

// A task of lm-evaluation-harness: doc_to_text, description, gen_prefix, and of generation_kwargs
// max_gen_toks and until. Its sets of LongBench-E ("qasper_e") serve that benchmark's bands.
Result<nlohmann::json> pack_from_harness_task(const std::filesystem::path& file,
                                              const YAML::Node& root,
                                              const std::string& benchmark);

// Prompts in a Python file: NAME = {"TASK": "… {context} …"}, as LV-Eval's and InfiniteBench's,
// with a dictionary of limits beside it; or BABILong's instruction, examples and post_prompt by
// task. Nothing is executed. Of InfiniteBench's families the one for local models is taken.
Result<nlohmann::json> pack_from_python(const std::filesystem::path& file,
                                        const std::string& benchmark);

// A BABILong run's own configuration, {"prompt": {"instruction", "examples", "post_prompt",
// "template", "chat_template"}} in a file that begins with its task, qa1_4k_….json; those of the
// other tasks that lie beside it and are called alike are read with it.
bool is_babilong_run(const nlohmann::json& root);
Result<nlohmann::json> pack_from_babilong_runs(const std::filesystem::path& file);
// The prompt of BABILong's parts: {instruction} and the like are filled, {context} and {question}
// stay.
std::string babilong_prompt(const nlohmann::json& parts, const std::string& pattern);

// The package loom-scope's benchmark configuration: which tasks get the model's chat template.
// `template` null is none; the entries of `no_template_tasks` are looked for in the tasks' names
// in lower case, as that package does it. No pack where neither key is there: null.
Result<nlohmann::json> pack_from_package_config(const std::filesystem::path& file);

}  // namespace loom
