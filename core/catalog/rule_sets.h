// Under which rules answers become scores: the benchmark's own, or those of a package whose
// published numbers a score shall stand beside, or the official evaluators with the errors that
// published tables were made with. Scores of different rule sets never share a mean.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/catalog/descriptions.h"

namespace loom {

inline constexpr const char* kOfficialRules = "official";
inline constexpr const char* kLoomScopeRules = "loomscope-0.8";  // the package loom-scope 0.8
// Differs from the official rules only where those mend what the published evaluator does wrong.
inline constexpr const char* kPublishedRules = "as-published";

const std::vector<std::string>& rule_sets();

// The error says why the rule set has no score for the task.
Result<TaskRule> task_rule(const BenchmarkDescription& benchmark, const TaskDescription& task,
                           const std::string& rule_set);

// From then on a rule leaves finished thoughts aside, and says so of every score it changes.
void leave_thoughts_aside(TaskRule& rule);
// What of an answer a rule scores: what follows the last </think> where its parameter
// "after_thought" is true and a thought ends; else all of it.
std::string_view scored_text(const TaskRule& rule, std::string_view answer);
// Names the extraction rule of a score on that text.
std::string scored_rule(std::string name, std::string_view scored, std::string_view answer);

// What a rule compares with: its own references where the record's metadata holds them.
std::vector<std::string> rule_references(const TaskRule& rule,
                                         const std::vector<std::string>& references,
                                         const nlohmann::json& metadata);

}  // namespace loom
