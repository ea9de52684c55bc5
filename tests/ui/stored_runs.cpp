#include "tests/ui/stored_runs.h"

#include <cassert>
#include <iterator>

namespace loom::testing {
namespace {

struct Task {
  const char *benchmark, *task, *capability;
  size_t length;
};
constexpr Task kTasks[] = {{"starter", "attribution", "faithfulness", 0},
                           {"starter", "summary_facts", "general", 0},
                           {"starter", "two_hop", "reasoning", 0},
                           {"starter", "ordered_list", "generation", 0},
                           {"starter", "chinese_lookup", "specialization", 0},
                           {"niah", "single_needle", "retrieval", 4096},
                           {"niah", "single_needle", "retrieval", 8192}};

EvaluationPlan plan_of(const RunRecipe& recipe) {
  EvaluationPlan plan;
  plan.name = recipe.name;
  for (const std::string& model : recipe.models)
    plan.models.push_back({"models/" + model + ".gguf", model, "auto"});
  plan.benchmarks = {{"starter", {}, {}, recipe.samples, nlohmann::json::object()},
                     {"niah", {}, {4096, 8192}, recipe.samples, nlohmann::json::object()}};
  plan.truncation = recipe.truncation;
  plan.tags = recipe.tags;
  plan.augmentations.clear();
  for (const std::string& id : recipe.augmentations) plan.augmentations.push_back({id, {}});
  plan.rule_set = recipe.rule_set;
  plan.strip_thinking = recipe.strip_thinking;
  return plan;
}

Sample sample_of(const RunRecipe& recipe, const Job& job, int index) {
  // The same question for every model.
  const int task = job.index % static_cast<int>(std::size(kTasks));
  const std::string number = std::to_string(4000 + task * 100 + index);
  Sample sample;
  sample.job = job.index;
  sample.index = index;
  sample.record_id = job.task + "-" + std::to_string(index);
  sample.identity = recipe.name + std::to_string(job.index * 1000 + index);
  std::string& text = sample.prompt.text;
  for (size_t line = 0; line < 40 + recipe.lengthen; ++line)
    text += "The keeper of lighthouse " + std::to_string(line) + " wrote down the tide.\n";
  const size_t begin = text.size();
  text += "The number of the harbour master is " + number + ".";
  sample.prompt.evidence = {{begin, text.size()}};
  text += "\nThe lamps were lit before the fog came in.\nWhich number does he have?";
  sample.prompt.context_end = 90;
  sample.prompt.ids.assign(100, 7);
  sample.references = {number};
  sample.metadata = {{"depth", index * 100.0 / static_cast<double>(recipe.samples - 1)}};
  if (index == kFailed) {
    sample.state = SampleState::failed;
    sample.error = Error{ErrorKind::server, "the engine stopped", "sample", "Run it again"};
    return sample;
  }
  sample.state = SampleState::done;
  sample.prompt.truncation = {index == kTruncated, 140, 100, 30, 70, false};
  const double score = recipe.score(job, index);
  sample.result.text = "The harbour master of " + recipe.name + " has the number " +
                       (score > 0.5 ? number : "12") + " in his book.";
  sample.result.ids = {1, 2, 3};
  sample.result.tokens_prefilled = 60;
  sample.result.tokens_reused = 40;
  sample.result.timings = {0.002, 0.8, 0.01, 0.4};
  sample.result.peak_memory_bytes = 512'000'000;
  sample.score =
      SampleScore{"contains_all", 1, score, number, "last number", nlohmann::json::object()};
  if (index == kUnparsed) sample.score->value.reset();
  return sample;
}

}  // namespace

std::vector<Job> jobs_of(const RunRecipe& recipe) {
  std::vector<Job> jobs;
  auto add = [&](int model, int augmentation, const Task& task) {
    if (task.task == recipe.without_task) return;
    Job job;
    job.index = static_cast<int>(jobs.size());
    job.model = model;
    job.augmentation = augmentation;
    job.benchmark = std::string(task.benchmark) == "niah" ? 1 : 0;
    job.benchmark_id = task.benchmark;
    job.task = task.task;
    job.capability = task.capability;
    job.metric = "contains_all";
    job.length_tokens = task.length;
    job.samples = recipe.samples;
    jobs.push_back(job);
  };
  for (int model = 0; model < static_cast<int>(recipe.models.size()); ++model)
    for (int method = 0; method < static_cast<int>(recipe.augmentations.size()); ++method)
      for (const Task& task : kTasks) add(model, method, task);
  return jobs;
}

int64_t store_run(RunStore& store, const RunRecipe& recipe) {
  const std::vector<Job> jobs = jobs_of(recipe);
  auto run = store.create_run(plan_of(recipe), jobs);
  assert(run);
  bool stored = store.record_device(*run, {"Test CPU", "cpu", 16'000'000'000, "0.1", "2.11", "k1"})
                    .has_value();
  for (const Job& job : jobs) {
    for (int index = 0; index < static_cast<int>(recipe.samples - recipe.left); ++index)
      stored = stored && store.put_sample(*run, sample_of(recipe, job, index)).has_value();
    const double start = 1000.0 * job.index;
    stored =
        stored &&
        store.add_job_time(*run, job.index, {{"cpu", start, start + 10.5 + job.index}}).has_value();
  }
  stored = stored && store.set_state(*run, RunState::finished_with_failures).has_value();
  return stored ? *run : 0;
}

}  // namespace loom::testing
