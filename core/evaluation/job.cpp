#include "core/evaluation/job.h"

#include <algorithm>

#include "core/catalog/rule_sets.h"
#include "core/catalog/suite_files.h"

namespace loom {
namespace {

std::vector<std::string> tasks_of(const PlanBenchmark& chosen,
                                  const BenchmarkDescription& benchmark) {
  if (!chosen.tasks.empty()) return chosen.tasks;
  std::vector<std::string> tasks;
  for (const TaskDescription& task : benchmark.tasks) tasks.push_back(task.id);
  return tasks;
}

std::vector<size_t> lengths_of(const PlanBenchmark& chosen, const BenchmarkDescription& benchmark) {
  if (!chosen.lengths.empty()) return chosen.lengths;
  return benchmark.default_lengths.empty() ? std::vector<size_t>{0} : benchmark.default_lengths;
}

// Beside the benchmark's own, loom-scope 0.8 has bins of length: of the data's where it names one
// in tokens, else of the finished prompt.
std::vector<Breakdown> breakdowns_of(const BenchmarkDescription& benchmark,
                                     const std::string& rule_set) {
  std::vector<Breakdown> breakdowns = benchmark.breakdowns;
  if (rule_set != kLoomScopeRules) return breakdowns;
  Breakdown bins{
      kPromptTokens, "Length (bins of loom-scope)", {}, {8000, 16000, 32000, 64000, 130000}, true};
  for (const Breakdown& own : benchmark.breakdowns)
    if (!own.bounds.empty()) bins.field = own.field;
  breakdowns.push_back(std::move(bins));
  return breakdowns;
}

Error no_task(const std::string& benchmark, const std::string& task) {
  return {ErrorKind::not_found, "benchmark " + benchmark + " has no task \"" + task + "\"",
          "benchmarks", ""};
}

// A task's samples in a suite's own files: about as many as where the suite is built here. Files
// without a length hold those of all lengths.
size_t suite_samples(const PlanBenchmark& chosen, const Catalog& catalog) {
  const SuiteDescription* suite = catalog.suite(chosen.suite);
  const SuiteEntry* entry = suite ? suite_entry(*suite, chosen.id) : nullptr;
  if (!entry) return 0;
  const bool all = chosen.lengths == std::vector<size_t>{0};
  return entry->samples * (all ? std::max<size_t>(entry->lengths.size(), 1) : 1);
}

std::string listed(const std::vector<size_t>& numbers) {
  std::string text;
  for (size_t number : numbers) text += (text.empty() ? "" : ", ") + std::to_string(number);
  return text;
}

}  // namespace

// Tasks that a plan names are meant. Of a benchmark that is taken whole those stay out that the
// rules have no score for; where these are most of them, the others are no score of the benchmark.
std::string without_score(const PlanBenchmark& chosen, const BenchmarkDescription& benchmark,
                          const TaskDescription& task, const std::string& rule_set) {
  const auto& known = rule_sets();
  if (!chosen.tasks.empty() || std::find(known.begin(), known.end(), rule_set) == known.end())
    return "";
  const auto scored = static_cast<size_t>(std::count_if(
      benchmark.tasks.begin(), benchmark.tasks.end(),
      [&](const auto& one) { return task_rule(benchmark, one, rule_set).has_value(); }));
  const size_t all = benchmark.tasks.size();
  if (scored == 0) return "the rules " + rule_set + " have no score for " + benchmark.id;
  if (2 * scored < all)
    return "the rules " + rule_set + " score " + std::to_string(scored) + " of " + benchmark.id +
           "'s " + std::to_string(all) + " tasks, too few for a score of the benchmark";
  const auto rule = task_rule(benchmark, task, rule_set);
  return rule ? "" : rule.error().message;
}

size_t expected_samples(const Job& job) {
  const bool both = job.limit > 0 && job.official_samples > 0;
  return both ? std::min(job.limit, job.official_samples)
              : std::max(job.limit, job.official_samples);
}

Status check_jobs(const std::vector<Job>& jobs, const Catalog& catalog) {
  for (const Job& job : jobs) {
    const BenchmarkDescription* benchmark = catalog.benchmark(job.benchmark_id);
    if (!benchmark) return no_benchmark(catalog, job.benchmark_id, "benchmarks");
    if (!benchmark->task(job.task)) return no_task(job.benchmark_id, job.task);
  }
  return {};
}

std::vector<std::string> left_out(const EvaluationPlan& plan, const Catalog& catalog) {
  std::vector<std::string> lines;
  for (const PlanBenchmark& chosen : plan.benchmarks) {
    const BenchmarkDescription* benchmark = catalog.benchmark(chosen.id);
    if (!benchmark) continue;
    for (const std::string& id : tasks_of(chosen, *benchmark)) {
      const TaskDescription* task = benchmark->task(id);
      if (task)
        if (const std::string why = without_score(chosen, *benchmark, *task, plan.rule_set);
            !why.empty()) {
          if (lines.empty() || lines.back() != why) lines.push_back(why);
          continue;
        }
      std::vector<size_t> missing;
      for (size_t length : lengths_of(chosen, *benchmark))
        if (task && !benchmark->has_length(*task, length)) missing.push_back(length);
      if (!missing.empty())
        lines.push_back(chosen.id + "/" + id + " has no data of " + listed(missing) +
                        " tokens; it has " +
                        listed(task->lengths.empty() ? benchmark->lengths : task->lengths));
    }
  }
  return lines;
}

Result<std::vector<Job>> unroll(const EvaluationPlan& plan, const Catalog& catalog) {
  std::vector<Job> jobs;
  for (size_t m = 0; m < plan.models.size(); ++m)
    for (size_t s = 0; s < plan.servers.size(); ++s)
      for (size_t a = 0; a < plan.augmentations.size(); ++a)
        for (size_t b = 0; b < plan.benchmarks.size(); ++b) {
          const PlanBenchmark& chosen = plan.benchmarks[b];
          const BenchmarkDescription* benchmark = catalog.benchmark(chosen.id);
          if (!benchmark) return no_benchmark(catalog, chosen.id, "benchmarks");
          for (size_t length : lengths_of(chosen, *benchmark))
            for (const std::string& id : tasks_of(chosen, *benchmark)) {
              const TaskDescription* task = benchmark->task(id);
              if (!task) return no_task(chosen.id, id);
              if (!benchmark->has_length(*task, length)) continue;
              if (!without_score(chosen, *benchmark, *task, plan.rule_set).empty()) continue;
              LOOM_TRY(const TaskRule rule, task_rule(*benchmark, *task, plan.rule_set));
              Job job;
              job.index = static_cast<int>(jobs.size());
              job.model = static_cast<int>(m);
              job.server = static_cast<int>(s);
              job.augmentation = static_cast<int>(a);
              job.benchmark = static_cast<int>(b);
              job.benchmark_id = chosen.id;
              job.task = id;
              job.capability = task->capability.empty() ? benchmark->capability : task->capability;
              job.metric = rule.metric;
              job.group = task->group;
              job.pool = benchmark->pool_groups && !task->group.empty();
              job.breakdowns = breakdowns_of(*benchmark, plan.rule_set);
              job.length_tokens = length;
              job.official_samples =
                  task->official_samples_at(length, chosen.parameters, plan.rule_set);
              const bool whole = !chosen.suite.empty();  // as a suite's own files are
              job.limit = chosen.samples > 0 || whole ? chosen.samples : benchmark->default_samples;
              if (job.limit == 0 && !whole && task->first_samples &&
                  plan.rule_set != kLoomScopeRules)
                job.limit = job.official_samples;
              size_t known = whole ? suite_samples(chosen, catalog) : 0;
              if (known == 0)
                known = job.official_samples > 0 ? job.official_samples : benchmark->made_samples;
              job.samples = job.limit > 0 ? job.limit : std::max<size_t>(known, 1);
              jobs.push_back(std::move(job));
            }
        }
  return jobs;
}

}  // namespace loom
