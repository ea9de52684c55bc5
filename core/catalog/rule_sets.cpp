#include "core/catalog/rule_sets.h"

#include <algorithm>

#include "core/metrics/answer_text.h"

namespace loom {

const std::vector<std::string>& rule_sets() {
  static const std::vector<std::string> sets = {kOfficialRules, kLoomScopeRules, kPublishedRules};
  return sets;
}

Result<TaskRule> task_rule(const BenchmarkDescription& benchmark, const TaskDescription& task,
                           const std::string& rule_set) {
  const TaskRule official{task.metric, task.metric_parameters, "", ""};
  if (rule_set == kOfficialRules) return official;
  // A benchmark that names no such rule was published under its official ones.
  if (rule_set == kPublishedRules && !task.rules.contains(rule_set)) return official;
  const auto& sets = benchmark.rule_sets;
  auto refused = [&](const std::string& reason) {
    return Error{ErrorKind::unsupported,
                 "the rules " + rule_set + " have no score for " + benchmark.id + "/" + task.id +
                     ": " + reason,
                 "rules", std::string("Take the task out, or use the rules ") + kOfficialRules};
  };
  if (std::find(rule_sets().begin(), rule_sets().end(), rule_set) == rule_sets().end())
    return Error{
        ErrorKind::unsupported, "there is no rule set \"" + rule_set + "\"", "rule_set",
        std::string("Use ") + kOfficialRules + ", " + kLoomScopeRules + " or " + kPublishedRules};
  if (rule_set != kPublishedRules && std::find(sets.begin(), sets.end(), rule_set) == sets.end())
    return refused("its package does not score this benchmark");
  const auto own = task.rules.find(rule_set);
  if (own != task.rules.end() && !own->second.reason.empty()) return refused(own->second.reason);
  TaskRule rule = own == task.rules.end() ? official : own->second;
  if (rule.metric.empty()) {
    rule.metric = task.metric;
    if (rule.parameters.empty()) rule.parameters = task.metric_parameters;
  }
  // That package passes on what follows a thought; an unfinished one it scores as a whole.
  if (rule_set == kLoomScopeRules) leave_thoughts_aside(rule);
  return rule;
}

void leave_thoughts_aside(TaskRule& rule) {
  if (rule.parameters.value("thought_aside", false)) return;  // the metric does, and knows more
  // Where two answers were joined each has a thought of its own, and the metric parts them.
  const bool joined = rule.metric == "leval_exam" && rule.parameters.value("kind", "") == "fact";
  rule.parameters["after_thought"] = joined ? nlohmann::json("in each part") : nlohmann::json(true);
}

std::string_view scored_text(const TaskRule& rule, std::string_view answer) {
  const auto given = rule.parameters.find("after_thought");
  const bool cut = given != rule.parameters.end() && *given == nlohmann::json(true);
  return cut ? after_thought(answer) : answer;
}

std::string scored_rule(std::string name, std::string_view scored, std::string_view answer) {
  return scored.size() < answer.size() ? "behind </think>: " + name : name;
}

std::vector<std::string> rule_references(const TaskRule& rule,
                                         const std::vector<std::string>& references,
                                         const nlohmann::json& metadata) {
  const auto own = rule.references.empty() ? metadata.end() : metadata.find(rule.references);
  if (own == metadata.end()) return references;
  if (own->is_string()) return {own->get<std::string>()};
  std::vector<std::string> texts;
  for (const auto& text : *own)
    texts.push_back(text.is_string() ? text.get<std::string>() : text.dump());
  return texts;
}

}  // namespace loom
