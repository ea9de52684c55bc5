// Prompts that a user brings instead of ours and the official ones. A plan holds the whole pack, so
// that a run says what was asked and another machine asks the same.
#pragma once

#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "core/base/result.h"

namespace loom {

// {"format": 1, "prompt_pack": "NAME", "benchmarks": {"BENCHMARK": {"TASK": {"system", "prompt",
// "answer_prefix", "max_new_tokens", "stop", "chat_template"}}}}. "*" serves tasks that are not
// named; gaps are {field}. "chat_template" alone keeps the words there are.
Status check_prompt_pack(const nlohmann::json& pack);

// The pack's words for a task, null where it has none. The pack was checked, or is null.
const nlohmann::json* find_words(const nlohmann::json& pack, const std::string& benchmark,
                                 const std::string& task);

// Whether the prompts of a task are wrapped in the model's chat template; `otherwise` where the
// pack does not say.
bool pack_wraps(const nlohmann::json& pack, const std::string& benchmark, const std::string& task,
                bool otherwise);

// What ends a task's answers; `otherwise` where the pack does not say.
std::vector<std::string> pack_stops(const nlohmann::json& pack, const std::string& benchmark,
                                    const std::string& task,
                                    const std::vector<std::string>& otherwise);

// Reads a pack in our format, LongBench's dataset2prompt.json (with dataset2maxlen.json beside it),
// a task of lm-evaluation-harness in YAML, dictionaries of prompts in a Python file, BABILong's
// configurations or those of loom-scope. The first three of another format do not say whose prompts
// they are: `benchmark` does, and is ignored otherwise.
Result<nlohmann::json> read_prompt_pack(const std::filesystem::path& file,
                                        const std::string& benchmark);
// Whether read_prompt_pack needs to be told the benchmark.
Result<bool> needs_benchmark(const std::filesystem::path& file);

}  // namespace loom
