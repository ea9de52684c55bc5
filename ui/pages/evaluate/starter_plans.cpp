#include "ui/pages/evaluate/starter_plans.h"

namespace loom::ui {
namespace {

constexpr size_t kLongest = 8192, kSamples = 5;
// One task of each kind of RULER: finding, following, counting.
const std::vector<std::string> kRulerTasks = {"niah_multikey_1", "vt", "fwe"};

std::vector<size_t> lengths_for(const BenchmarkDescription& benchmark, size_t window) {
  std::vector<size_t> lengths;
  for (size_t length : benchmark.lengths)
    if (length <= kLongest && (window == 0 || length <= window)) lengths.push_back(length);
  return lengths == benchmark.default_lengths ? std::vector<size_t>{} : lengths;
}

}  // namespace

EvaluationPlan memory_plan(const LocalModel* model, const Catalog& catalog) {
  EvaluationPlan plan;
  if (model) plan.models = {{model->path.string(), model->name, "auto"}};
  for (const char* id : {"niah", "ruler"}) {
    const BenchmarkDescription* benchmark = catalog.benchmark(id);
    if (!benchmark) continue;
    PlanBenchmark chosen;
    chosen.id = id;
    chosen.samples = kSamples;
    chosen.lengths = lengths_for(*benchmark, model ? model->window_tokens : 0);
    for (const std::string& task : kRulerTasks)
      if (chosen.id == "ruler" && benchmark->task(task)) chosen.tasks.push_back(task);
    plan.benchmarks.push_back(std::move(chosen));
  }
  return plan;
}

EvaluationPlan comparison_plan(const std::vector<LocalModel>& models, const Catalog& catalog,
                               const std::filesystem::path& data_folder) {
  EvaluationPlan plan;
  if (const SuiteDescription* suite = catalog.suite("loombench"))
    plan.benchmarks = benchmarks_of(*suite, catalog, data_folder);
  for (const LocalModel& model : models)
    if (model.can_answer()) plan.models.push_back({model.path.string(), model.name, "auto"});
  return plan;
}

}  // namespace loom::ui
