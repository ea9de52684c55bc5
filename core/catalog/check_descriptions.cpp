#include "core/catalog/check_descriptions.h"

#include <algorithm>
#include <set>

#include "core/catalog/rule_sets.h"
#include "core/metrics/metric.h"

namespace loom {
namespace {

using nlohmann::json;
namespace fs = std::filesystem;

constexpr int kMostNewTokens = 1'000'000;
constexpr size_t kLongest = 16'777'216;  // tokens, as in a plan

Status check_metric(const std::string& metric, const json& parameters, const std::string& where) {
  if (!find_metric(metric))
    return Error{ErrorKind::invalid_input, "there is no metric \"" + metric + "\"", where,
                 "loomscope-cli benchmarks metrics lists them"};
  if (!parameters.is_object())
    return Error{ErrorKind::invalid_input, "metric_parameters must be an object", where, ""};
  return {};
}

Status check_task(const TaskDescription& task, const std::string& where) {
  if (task.id.empty() || task.id.find('/') != std::string::npos || task.id.starts_with('.'))
    return Error{ErrorKind::invalid_input, "is no name of a task", where,
                 "Use letters, digits, _ and -"};
  if (task.max_new_tokens < 1 || task.max_new_tokens > kMostNewTokens)
    return Error{
        ErrorKind::invalid_input,
        "max_new_tokens must be a whole number from 1 to " + std::to_string(kMostNewTokens), where,
        ""};
  LOOM_CHECK(check_metric(task.metric, task.metric_parameters, where));
  for (const auto& [set, rule] : task.rules) {
    const auto& known = rule_sets();
    if (std::find(known.begin(), known.end(), set) == known.end())
      return Error{ErrorKind::invalid_input, "there is no rule set \"" + set + "\"",
                   where + ".rules",
                   std::string("Use ") + kLoomScopeRules + " or " + kPublishedRules};
    LOOM_CHECK(check_metric(rule.metric.empty() ? task.metric : rule.metric, rule.parameters,
                            where + ".rules." + set));
  }
  return {};
}

}  // namespace

Status check_description(const BenchmarkDescription& benchmark, const fs::path& file) {
  const std::string where = file.string();
  std::set<std::string> seen;
  for (const auto* lengths : {&benchmark.lengths, &benchmark.default_lengths})
    for (size_t length : *lengths)
      if (length > kLongest)
        return Error{ErrorKind::invalid_input,
                     "a length is outside 0 to " + std::to_string(kLongest) + " tokens",
                     where + ": lengths", ""};
  for (const auto& one : benchmark.files) {
    const fs::path path = one.path;
    if (path.empty() || path.is_absolute() ||
        std::find(path.begin(), path.end(), "..") != path.end())
      return Error{ErrorKind::invalid_input,
                   "the file \"" + one.path + "\" is not below the benchmark's folder",
                   where + ": files", "Use a path without .. and without / at its begin"};
  }
  auto known = [](const std::string& capability) {
    return std::find(kCapabilities.begin(), kCapabilities.end(), capability) != kCapabilities.end();
  };
  if (!known(benchmark.capability))
    return Error{ErrorKind::invalid_input,
                 "the capability \"" + benchmark.capability + "\" is not one of the six", where,
                 ""};
  if (benchmark.tasks.empty()) return Error{ErrorKind::invalid_input, "has no tasks", where, ""};
  for (const TaskDescription& task : benchmark.tasks) {
    LOOM_CHECK(check_task(task, where + ": tasks, " + task.id));
    if (!seen.insert(task.id).second)
      return Error{ErrorKind::invalid_input, "the task " + task.id + " stands twice", where, ""};
    if (!task.capability.empty() && !known(task.capability))
      return Error{ErrorKind::invalid_input,
                   "the capability of " + task.id + " is not one of the six", where, ""};
    if (task.truncation == TruncationRule::benchmark)
      return Error{ErrorKind::invalid_input,
                   "the truncation of " + task.id + " is not middle, head, tail or fail", where,
                   ""};
    if (!(task.repetition_penalty > 0))
      return Error{ErrorKind::invalid_input,
                   "the repetition_penalty of " + task.id + " is not above 0", where, ""};
  }
  return Status(
      complete_parameters(benchmark.parameters, json::object())
          ? Status()
          : Status(Error{ErrorKind::invalid_input, "a default is outside its range", where, ""}));
}

Status check_description(const SuiteDescription& suite, const Catalog& catalog,
                         const fs::path& file) {
  for (const SuiteEntry& entry : suite.entries) {
    const BenchmarkDescription* benchmark = catalog.benchmark(entry.benchmark);
    if (!benchmark)
      return Error{ErrorKind::invalid_input, "there is no benchmark \"" + entry.benchmark + "\"",
                   file.string(), ""};
    for (const std::string& task : entry.tasks)
      if (!benchmark->task(task))
        return Error{ErrorKind::invalid_input, entry.benchmark + " has no task \"" + task + "\"",
                     file.string(), ""};
    if (auto complete = complete_parameters(benchmark->parameters, entry.parameters); !complete)
      return Error{ErrorKind::invalid_input, entry.benchmark + ": " + complete.error().message,
                   file.string(), ""};
    for (const SuiteFiles& own : entry.own)
      if (own.path.empty() || own.path.front() == '/' || own.path.find("..") != std::string::npos)
        return Error{ErrorKind::invalid_input,
                     "\"" + own.path + "\" leads out of the suite's folder", file.string(), ""};
  }
  return {};
}

}  // namespace loom
