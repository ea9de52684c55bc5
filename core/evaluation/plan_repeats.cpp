#include "core/evaluation/plan_repeats.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "core/base/json_text.h"

namespace loom {
namespace {

namespace fs = std::filesystem;

constexpr const char* kNameItOnce = "Name it once";

std::string place(const char* list, size_t index) {
  return std::string(list) + "[" + std::to_string(index) + "]";
}

// "./a.gguf", "a.gguf" and "b/../a.gguf" are one file; a folder may end in a slash.
std::string one_way_to_write(const std::string& path) {
  std::error_code failed;
  if (path.empty() || path.starts_with("hf:")) return path;
  fs::path whole = fs::absolute(path, failed).lexically_normal();
  if (failed) return path;
  return (whole.has_filename() ? whole : whole.parent_path()).string();
}

void repeated_models(const std::vector<PlanModel>& models, std::vector<Error>& problems) {
  std::map<std::pair<std::string, std::string>, size_t> seen;
  for (size_t i = 0; i < models.size(); ++i) {
    if (models[i].path.empty()) continue;
    // The same weights under another template are another subject.
    const auto [first, fresh] =
        seen.try_emplace({one_way_to_write(models[i].path), models[i].chat_template}, i);
    if (!fresh)
      problems.push_back({ErrorKind::invalid_input,
                          "the model " + models[i].path + " stands twice, first in " +
                              place("models", first->second),
                          place("models", i), kNameItOnce});
  }
}

template <typename Find>
void repeated_methods(const char* list, const char* noun, const std::vector<PlanMethod>& methods,
                      Find find, std::vector<Error>& problems) {
  using nlohmann::json;
  std::map<std::pair<std::string, std::string>, size_t> seen;  // id and parameters
  for (size_t i = 0; i < methods.size(); ++i) {
    const MethodDescription* described = find(methods[i].id);
    if (!described) continue;
    const auto complete = complete_parameters(described->parameters, methods[i].parameters);
    if (!complete) continue;  // an error of its own
    const auto [first, fresh] = seen.try_emplace({methods[i].id, json_text(*complete)}, i);
    if (!fresh)
      problems.push_back({ErrorKind::invalid_input,
                          std::string("the ") + noun + " " + methods[i].id +
                              " stands twice with the same parameters, first in " +
                              place(list, first->second),
                          place(list, i), kNameItOnce});
  }
}

using Cell = std::tuple<std::string, std::string, size_t>;  // benchmark, task, length

// The jobs that an entry becomes. What is named twice within one is told of by its own check.
std::set<Cell> cells_of(const PlanBenchmark& chosen, const BenchmarkDescription& benchmark) {
  std::vector<size_t> lengths = chosen.lengths.empty() ? benchmark.default_lengths : chosen.lengths;
  if (lengths.empty()) lengths = {0};
  std::set<Cell> cells;
  for (const TaskDescription& task : benchmark.tasks) {
    if (!chosen.tasks.empty() &&
        std::find(chosen.tasks.begin(), chosen.tasks.end(), task.id) == chosen.tasks.end())
      continue;
    for (size_t length : lengths)
      if (benchmark.has_length(task, length)) cells.emplace(chosen.id, task.id, length);
  }
  return cells;
}

std::string name_of(const Cell& cell) {
  const auto& [benchmark, task, length] = cell;
  return benchmark + "/" + task + (length > 0 ? " @" + std::to_string(length) : "");
}

// Other parameters or another number of samples make no difference: both entries would become one
// task in every table and mean.
void repeated_benchmarks(const std::vector<PlanBenchmark>& benchmarks, const Catalog& catalog,
                         std::vector<Error>& problems) {
  std::map<Cell, size_t> seen;
  for (size_t i = 0; i < benchmarks.size(); ++i) {
    const BenchmarkDescription* benchmark = catalog.benchmark(benchmarks[i].id);
    if (!benchmark) continue;
    const Cell* doubled = nullptr;
    size_t before = 0, count = 0;
    const std::set<Cell> cells = cells_of(benchmarks[i], *benchmark);
    for (const Cell& cell : cells) {
      const auto [first, fresh] = seen.try_emplace(cell, i);
      if (fresh) continue;
      if (++count > 1) continue;
      doubled = &cell;
      before = first->second;
    }
    if (!doubled) continue;
    const std::string what =
        count == cells.size() && count > 1
            ? "the benchmark " + benchmarks[i].id + " stands twice"
            : name_of(*doubled) +
                  (count > 1 ? " and " + std::to_string(count - 1) + " more of its tasks" : "") +
                  (count > 1 ? " stand twice" : " stands twice");
    problems.push_back({ErrorKind::invalid_input,
                        what + ", first in " + place("benchmarks", before), place("benchmarks", i),
                        "Leave it out of one of the two"});
  }
}

}  // namespace

std::vector<Error> plan_repeats(const EvaluationPlan& plan, const Catalog& catalog) {
  std::vector<Error> problems;
  repeated_models(plan.models, problems);
  repeated_methods(
      "servers", "server", plan.servers, [&](const auto& id) { return catalog.server(id); },
      problems);
  repeated_methods(
      "augmentations", "augmentation", plan.augmentations,
      [&](const auto& id) { return catalog.augmentation(id); }, problems);
  repeated_benchmarks(plan.benchmarks, catalog, problems);
  return problems;
}

}  // namespace loom
