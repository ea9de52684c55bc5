// Whether a plan can be run: its ids, tasks, lengths and parameters against the catalogue.
#include <algorithm>
#include <optional>

#include "core/base/device_name.h"
#include "core/catalog/rule_sets.h"
#include "core/catalog/suite_files.h"
#include "core/evaluation/evaluation_plan.h"
#include "core/evaluation/job.h"
#include "core/evaluation/plan_repeats.h"
#include "core/metrics/metric.h"

namespace loom {
namespace {

std::string at(const char* list, size_t index, const char* field) {
  return std::string(list) + "[" + std::to_string(index) + "]." + field;
}

template <typename Find>
void check_methods(const char* list, const std::vector<PlanMethod>& methods, const char* noun,
                   Find find, std::vector<Error>& problems) {
  if (methods.empty())
    problems.push_back({ErrorKind::invalid_input,
                        std::string("at least one ") + noun + " is needed", list,
                        std::string("Leave ") + list + " out for the usual one"});
  for (size_t i = 0; i < methods.size(); ++i) {
    const MethodDescription* found = find(methods[i].id);
    if (!found) {
      problems.push_back(
          {ErrorKind::not_found, std::string("there is no ") + noun + " \"" + methods[i].id + "\"",
           at(list, i, "id"), std::string("models-registry/") + list + " holds a file for each"});
      continue;
    }
    auto complete = complete_parameters(found->parameters, methods[i].parameters);
    if (!complete) {
      Error error = complete.error();
      error.where = at(list, i, "parameters.") + error.where;
      problems.push_back(error);
    }
  }
}

// Tasks are left out at lengths that they do not have; somewhere one must stay.
void check_any_data(const PlanBenchmark& chosen, size_t index,
                    const BenchmarkDescription& benchmark, std::vector<Error>& problems) {
  const auto& lengths = chosen.lengths.empty() ? benchmark.default_lengths : chosen.lengths;
  std::string there;
  for (const TaskDescription& task : benchmark.tasks) {
    if (!chosen.tasks.empty() &&
        std::find(chosen.tasks.begin(), chosen.tasks.end(), task.id) == chosen.tasks.end())
      continue;
    if (lengths.empty() || std::any_of(lengths.begin(), lengths.end(), [&](size_t length) {
          return benchmark.has_length(task, length);
        }))
      return;
    there += (there.empty() ? "" : "; ") + task.id + ":";
    for (size_t length : task.lengths.empty() ? benchmark.lengths : task.lengths)
      there += " " + std::to_string(length);
  }
  if (!there.empty())
    problems.push_back({ErrorKind::invalid_input,
                        "benchmark " + chosen.id + " has no data of these tasks and lengths",
                        at("benchmarks", index, "lengths"), "There are " + there});
}

// The first that stands twice: its samples would count twice in every mean.
template <typename T>
const T* repeated(const std::vector<T>& list) {
  for (size_t i = 0; i < list.size(); ++i)
    if (std::find(list.begin(), list.begin() + static_cast<long>(i), list[i]) !=
        list.begin() + static_cast<long>(i))
      return &list[i];
  return nullptr;
}

// The CPU alone, or GPUs. Plans name no number type: a run's is the device's usual one.
bool can_hold_a_model(const std::vector<DeviceName>& group) {
  return std::all_of(group.begin(), group.end(), [&](const DeviceName& device) {
    return device.number_type.empty() && (!device.is_cpu() || group.size() == 1);
  });
}

// A device that stands several times holds as many models at once: --gp_num 1/2.
void check_devices(const std::vector<std::string>& devices, std::vector<Error>& problems) {
  constexpr long kMostModels = 64;
  for (size_t i = 0; i < devices.size(); ++i) {
    const std::string& device = devices[i];
    const std::string where = "devices[" + std::to_string(i) + "]";
    if (const auto group = parse_devices(device); !group || !can_hold_a_model(*group))
      problems.push_back({ErrorKind::invalid_input, "there is no device \"" + device + "\"", where,
                          "cpu, or cuda:0 and so on; cuda:0+cuda:1 for a model on both"});
    else if (const DeviceName* gpu = repeated(*group))
      problems.push_back({ErrorKind::invalid_input,
                          "the device " + device_text(*gpu) + " stands twice in " + device, where,
                          "Name it once"});
    if (std::count(devices.begin(), devices.begin() + static_cast<long>(i), device) == kMostModels)
      problems.push_back(
          {ErrorKind::invalid_input,
           "the device " + device + " stands more than " + std::to_string(kMostModels) + " times",
           where, "Each time holds one more model on it; name it less often"});
  }
}

void check_repeats(const PlanBenchmark& chosen, size_t index, std::vector<Error>& problems) {
  const std::string remedy = "Name it once";
  if (const std::string* task = repeated(chosen.tasks))
    problems.push_back({ErrorKind::invalid_input, "the task " + *task + " stands twice",
                        at("benchmarks", index, "tasks"), remedy});
  // Every length would be compared with all before it; no benchmark offers so many.
  constexpr size_t kMostLengths = 1000;
  if (chosen.lengths.size() > kMostLengths)
    problems.push_back({ErrorKind::invalid_input,
                        "there are more than " + std::to_string(kMostLengths) + " lengths",
                        at("benchmarks", index, "lengths"), "Choose fewer"});
  else if (const size_t* length = repeated(chosen.lengths))
    problems.push_back({ErrorKind::invalid_input,
                        "the length " + std::to_string(*length) + " stands twice",
                        at("benchmarks", index, "lengths"), remedy});
}

void check_benchmark(const PlanBenchmark& chosen, size_t index, const Catalog& catalog,
                     std::vector<Error>& problems) {
  const BenchmarkDescription* benchmark = catalog.benchmark(chosen.id);
  if (!benchmark) {
    problems.push_back(no_benchmark(catalog, chosen.id, at("benchmarks", index, "id")));
    return;
  }
  for (const std::string& task : chosen.tasks)
    if (!benchmark->task(task))
      problems.push_back({ErrorKind::not_found,
                          "benchmark " + chosen.id + " has no task \"" + task + "\"",
                          at("benchmarks", index, "tasks"),
                          "loomscope-cli benchmarks show " + chosen.id + " lists them"});
  check_repeats(chosen, index, problems);
  // A benchmark that offers lengths generates any length; one that does not takes its data's own.
  if (!chosen.lengths.empty() && benchmark->lengths.empty())
    problems.push_back({ErrorKind::invalid_input,
                        "benchmark " + chosen.id + " has no lengths to choose",
                        at("benchmarks", index, "lengths"), "Leave lengths out"});
  for (size_t length : chosen.lengths)
    if (length < benchmark->minimum_length && !(length == 0 && !chosen.suite.empty()))
      problems.push_back({ErrorKind::invalid_input,
                          "a length of " + std::to_string(length) + " tokens is too short",
                          at("benchmarks", index, "lengths"),
                          "Use " + std::to_string(benchmark->minimum_length) + " tokens or more"});
  check_any_data(chosen, index, *benchmark, problems);
  if (const SuiteDescription* suite = catalog.suite(chosen.suite); !chosen.suite.empty()) {
    if (!suite || !suite_entry(*suite, chosen.id))
      problems.push_back({ErrorKind::not_found,
                          "there is no suite \"" + chosen.suite + "\" with " + chosen.id,
                          at("benchmarks", index, "suite"), "Leave suite out"});
  }
  auto complete = complete_parameters(benchmark->parameters, chosen.parameters);
  if (!complete) {
    Error error = complete.error();
    error.where = at("benchmarks", index, "parameters.") + error.where;
    problems.push_back(error);
  }
}

bool lacks_encoder(const TaskRule& rule, const nlohmann::json& parameters) {
  const auto metric = find_metric(rule.metric);
  if (!metric || (*metric)->source != MetricSource::encoder) return false;
  auto named = [](const nlohmann::json& object) {
    return object.is_object() && object.contains("encoder") && object["encoder"].is_string() &&
           object["encoder"] != nlohmann::json("");
  };
  return !named(rule.parameters) && !named(parameters);
}

void check_rules(const EvaluationPlan& plan, const Catalog& catalog, std::vector<Error>& problems) {
  const auto& sets = rule_sets();
  if (std::find(sets.begin(), sets.end(), plan.rule_set) == sets.end()) {
    problems.push_back({ErrorKind::unsupported, "there is no rule set \"" + plan.rule_set + "\"",
                        "rule_set", "Use official, loomscope-0.8 or as-published"});
    return;
  }
  // Of what the rules leave out somewhere a task must stay.
  std::optional<Error> left_out;
  bool any_scored = false;
  for (size_t i = 0; i < plan.benchmarks.size(); ++i) {
    const BenchmarkDescription* benchmark = catalog.benchmark(plan.benchmarks[i].id);
    if (!benchmark) continue;
    const auto& chosen = plan.benchmarks[i].tasks;
    for (const TaskDescription& task : benchmark->tasks) {
      if (!chosen.empty() && std::find(chosen.begin(), chosen.end(), task.id) == chosen.end())
        continue;
      const std::string where = at("benchmarks", i, "tasks");
      if (const std::string why =
              without_score(plan.benchmarks[i], *benchmark, task, plan.rule_set);
          !why.empty()) {
        if (!left_out)
          left_out = Error{ErrorKind::unsupported, why, where,
                           std::string("Choose others, or use the rules ") + kOfficialRules};
        continue;
      }
      auto rule = task_rule(*benchmark, task, plan.rule_set);
      if (!rule) {
        problems.push_back({rule.error().kind, rule.error().message, where, rule.error().remedy});
        continue;
      }
      any_scored = true;
      if (lacks_encoder(*rule, plan.benchmarks[i].parameters))
        problems.push_back({ErrorKind::invalid_input,
                            "the rules " + plan.rule_set + " score " + benchmark->id + "/" +
                                task.id + " with an encoder",
                            at("benchmarks", i, "parameters.encoder"),
                            "Name a BERT or RoBERTa model"});
    }
  }
  if (left_out && !any_scored) problems.push_back(std::move(*left_out));
}

void check_pack(const nlohmann::json& pack, const Catalog& catalog, std::vector<Error>& problems) {
  if (pack.is_null()) return;
  for (const auto& [id, tasks] : pack.at("benchmarks").items()) {
    const BenchmarkDescription* benchmark = catalog.benchmark(id);
    const std::string place = "prompt_pack.benchmarks." + id;
    if (!benchmark)
      problems.push_back({ErrorKind::not_found, "there is no benchmark \"" + id + "\"", place,
                          "loomscope-cli benchmarks ls lists them"});
    for (const auto& [task, words] : tasks.items())
      if (benchmark && task != "*" && !benchmark->task(task))
        problems.push_back({ErrorKind::not_found,
                            "benchmark " + id + " has no task \"" + task + "\"", place,
                            "loomscope-cli benchmarks show " + id + " lists them"});
  }
}

}  // namespace

std::vector<Error> check_plan(const EvaluationPlan& plan, const Catalog& catalog) {
  std::vector<Error> problems;
  // A stored plan is read again to go on with its run: what its reader refuses must not get there.
  if (auto read = plan_from_json(to_json(plan)); !read) problems.push_back(read.error());
  // Not refused where plans are read: runs of older versions may have it.
  if (plan.decoding.top_p == 0)
    problems.push_back({ErrorKind::invalid_input, "must be a number above 0, up to 1",
                        "decoding.top_p", "1 switches it off"});
  if (plan.models.empty())
    problems.push_back({ErrorKind::invalid_input, "at least one model is needed", "models",
                        "{\"path\": FILE}; loomscope-cli models ls lists those here"});
  for (size_t i = 0; i < plan.models.size(); ++i)
    if (plan.models[i].path.empty())
      problems.push_back({ErrorKind::invalid_input, "the model's path is missing",
                          at("models", i, "path"), "loomscope-cli models ls lists those here"});
  check_methods(
      "servers", plan.servers, "server", [&](const auto& id) { return catalog.server(id); },
      problems);
  check_methods(
      "augmentations", plan.augmentations, "augmentation",
      [&](const auto& id) { return catalog.augmentation(id); }, problems);
  if (plan.benchmarks.empty())
    problems.push_back({ErrorKind::invalid_input, "at least one benchmark is needed", "benchmarks",
                        "{\"id\": NAME}; loomscope-cli benchmarks ls lists them"});
  for (size_t i = 0; i < plan.benchmarks.size(); ++i)
    check_benchmark(plan.benchmarks[i], i, catalog, problems);
  for (Error& repeat : plan_repeats(plan, catalog)) problems.push_back(std::move(repeat));
  check_rules(plan, catalog, problems);
  check_pack(plan.prompt_pack, catalog, problems);
  check_devices(plan.devices, problems);
  return problems;
}

}  // namespace loom
