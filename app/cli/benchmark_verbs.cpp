// benchmarks: what is described, and prompts as a model would get them.
#include <cstdint>
#include <iomanip>
#include <iostream>

#include "app/cli/catalogue_arguments.h"
#include "app/cli/custom_verbs.h"
#include "app/cli/fetch_verbs.h"
#include "app/cli/interrupt.h"
#include "app/cli/session.h"
#include "app/cli/verbs.h"
#include "core/base/error_json.h"
#include "core/catalog/benchmark_data.h"
#include "core/catalog/custom_benchmark.h"
#include "core/catalog/local_models.h"
#include "core/execution/job_records.h"
#include "core/execution/sample_request.h"

namespace loom::cli {
namespace {

namespace fs = std::filesystem;

constexpr int64_t kLongestSample = 16'777'216;  // tokens, as for benchmarks of one's own
constexpr const char* kBenchmarkActions =
    "ls, inspect (or show) BENCHMARK|SUITE, fetch BENCHMARK ..., sample BENCHMARK --task T "
    "--model M --n K, add FILE|FOLDER, remove BENCHMARK, metrics";

nlohmann::json json_of(const BenchmarkDescription& benchmark) {
  nlohmann::json tasks = nlohmann::json::array();
  for (const TaskDescription& task : benchmark.tasks)
    tasks.push_back({{"id", task.id},
                     {"title", task.title},
                     {"language", task.language},
                     {"metric", task.metric},
                     {"max_new_tokens", task.max_new_tokens},
                     {"chat_template", task.chat_template},
                     {"truncation", to_string(task.truncation)},
                     {"repetition_penalty", task.repetition_penalty},
                     {"stop", task.stop},
                     {"end_texts", task.end_texts},
                     {"min_new_tokens", task.min_new_tokens},
                     {"official_samples", task.official_samples}});
  nlohmann::json custom;
  if (benchmark.custom) custom = to_json(*benchmark.custom);
  return {{"id", benchmark.id},
          {"title", benchmark.title},
          {"custom", custom},
          {"summary", benchmark.summary},
          {"capability", benchmark.capability},
          {"licence", benchmark.licence},
          {"citation", benchmark.citation},
          {"paper", benchmark.paper},
          {"rule_sets", benchmark.rule_sets},
          {"version", benchmark.version},
          {"generated", benchmark.generated},
          {"lengths", benchmark.lengths},
          {"languages", benchmark.languages},
          {"tasks", tasks}};
}

const char* state_name(BenchmarkData::State state) {
  switch (state) {
    case BenchmarkData::generated:
      return "generated";
    case BenchmarkData::ready:
      return "ready";
    case BenchmarkData::partial:
      return "partial";
    case BenchmarkData::missing:
      break;
  }
  return "missing";
}

// With what is on this disk of its data.
nlohmann::json json_of(const BenchmarkDescription& benchmark, const fs::path& data_folder) {
  const BenchmarkData data = benchmark_data(benchmark, data_folder);
  nlohmann::json json = json_of(benchmark);
  json["data"] = {{"state", state_name(data.state)},
                  {"files", data.files.size()},
                  {"absent", data.absent.size()},
                  {"absent_bytes", data.absent_bytes},
                  {"folder", (data_folder / benchmark.id).string()}};
  return json;
}

// Every cell of a suite as it would run with the data that is here: task, length, samples (0: not
// known before the data is read) and whose files are read.
Result<nlohmann::json> json_of(const SuiteDescription& suite, const Catalog& catalog,
                               const fs::path& data_folder) {
  EvaluationPlan plan = starter_plan("any");
  plan.benchmarks = benchmarks_of(suite, catalog, data_folder);
  LOOM_TRY(const std::vector<Job> jobs, unroll(plan, catalog));
  nlohmann::json benchmarks = nlohmann::json::array();
  for (size_t b = 0; b < plan.benchmarks.size(); ++b) {
    nlohmann::json cells = nlohmann::json::array();
    size_t total = 0;
    std::string capability;
    for (const Job& job : jobs) {
      if (job.benchmark != static_cast<int>(b)) continue;
      const size_t samples = expected_samples(job);
      cells.push_back({{"task", job.task}, {"length", job.length_tokens}, {"samples", samples}});
      total += samples;
      capability = job.capability;
    }
    benchmarks.push_back({{"id", plan.benchmarks[b].id},
                          {"capability", capability},
                          {"files", plan.benchmarks[b].suite.empty() ? "benchmark" : "suite"},
                          {"samples", total},
                          {"cells", cells}});
  }
  return nlohmann::json{{"id", suite.id},           {"title", suite.title},
                        {"summary", suite.summary}, {"citation", suite.citation},
                        {"paper", suite.paper},     {"folder", (data_folder / suite.id).string()},
                        {"benchmarks", benchmarks}};
}

std::vector<OptionUse> option_uses() {
  std::vector<OptionUse> uses = {{"optional", " fetch "},     {"offline", " fetch "},
                                 {"task", " sample "},        {"model", " sample "},
                                 {"n", " sample "},           {"length", " sample "},
                                 {"template", " add sample "}};
  for (const Option& option : custom_options()) uses.push_back({option.name, " add "});
  return uses;
}

// What is asked of `sample`, as a plan of its own.
Result<EvaluationPlan> sample_plan(const Invocation& invocation,
                                   const BenchmarkDescription& benchmark, const PlanModel& model) {
  LOOM_TRY(const auto count, invocation.integer("n"));
  if (count && *count < 1)
    return Error{ErrorKind::invalid_input, "must be at least 1", "--n", "Leave it out for one"};
  LOOM_TRY(const auto length, invocation.integer("length"));
  if (length && (*length < 1 || *length > kLongestSample))
    return Error{ErrorKind::invalid_input, "goes from 1 to " + std::to_string(kLongestSample),
                 "--length", "Leave it out for the benchmark's own lengths"};
  EvaluationPlan plan;
  plan.models = {model};
  const std::string task = invocation.text("task", benchmark.tasks.front().id);
  plan.benchmarks = {{benchmark.id, {task}, {}, 0, nlohmann::json::object()}};
  plan.benchmarks[0].samples = static_cast<size_t>(count.value_or(1));
  if (length) plan.benchmarks[0].lengths = {static_cast<size_t>(*length)};
  return plan;
}

// Rendered prompts with their token counts, before any run.
Result<int> sample_prompts(const Invocation& invocation, const BenchmarkDescription& benchmark) {
  if (!invocation.has("model")) return needs("model", "--model", "models");
  LOOM_TRY(auto session, open_without_store(invocation));
  PlanModel model{invocation.text("model"), "", invocation.text("template", "auto")};
  LOOM_TRY(EvaluationPlan plan, sample_plan(invocation, benchmark, model));
  if (const auto problems = check_plan(plan, session->catalog); !problems.empty())
    return refuse(invocation, problems.front());
  const auto local = resolve_model(model.path, model_folders(invocation));
  if (!local) return refuse_if_missing(invocation, local.error());
  model.path = local->path.string();
  plan.models = {model};
  LOOM_TRY(ModelText text, load_model_text(model, local->path));
  LOOM_TRY(auto jobs, unroll(plan, session->catalog));
  nlohmann::json samples = nlohmann::json::array();
  for (const Job& job : jobs) {
    LOOM_TRY(JobRecords records,
             job_records(plan, job, session->catalog, text, session->environment.data_folder,
                         job.samples, interrupt_token()));
    for (const Record& record : records.task.records) {
      const PromptLimits limits =
          prompt_limits(plan, *records.description, record, local->window_tokens);
      LOOM_TRY(Prompt prompt, build_prompt(record, text, limits));
      samples.push_back({{"id", record.id},
                         {"length", job.length_tokens},
                         {"tokens", prompt.ids.size()},
                         {"context_end", prompt.context_end},
                         {"truncated", prompt.truncation.cut},
                         {"truncation", to_string(limits.rule)},
                         {"prompt", prompt.text},
                         {"references", record.references}});
    }
  }
  print_json(invocation, {{"benchmark", benchmark.id}, {"samples", samples}});
  return kFinished;
}

Result<int> list_benchmarks(const Invocation& invocation, const Catalog& catalog) {
  nlohmann::json json = nlohmann::json::array();
  for (const BenchmarkDescription& benchmark : catalog.benchmarks) {
    json.push_back(json_of(benchmark, data_folder_of(invocation)));
    if (!invocation.has("json"))
      std::cout << std::left << std::setw(16) << benchmark.id << std::setw(16)
                << benchmark.capability << std::setw(11)
                << json.back()["data"]["state"].get<std::string>() << benchmark.tasks.size()
                << " tasks  " << benchmark.title << std::endl;
  }
  nlohmann::json problems = nlohmann::json::array();
  for (const Error& problem : catalog.problems) {
    std::cerr << "Not usable: " << describe(problem) << std::endl;
    problems.push_back(error_json(problem));
  }
  if (invocation.has("json"))
    print_json(invocation, {{"benchmarks", json}, {"problems", problems}});
  return kFinished;
}

}  // namespace

Result<int> benchmarks(const Invocation& invocation) {
  const std::string action = action_of(invocation);
  if (action != "fetch")
    LOOM_CHECK(check_count(invocation, action == "ls" || action == "metrics" ? 1 : 2));
  LOOM_CHECK(check_uses(invocation, option_uses()));
  LOOM_TRY(Catalog catalog, open_catalog());
  if (action == "ls") return list_benchmarks(invocation, catalog);
  if (action == "fetch") return fetch_benchmarks(invocation, catalog);
  if (action == "add") return add_benchmark(invocation, catalog);
  if (action == "remove") return remove_benchmark(invocation, catalog);
  if (action == "metrics") return list_metrics(invocation);
  const bool inspect = action == "inspect" || action == "show";
  if (!inspect && action != "sample") return unknown_action(invocation, kBenchmarkActions);
  if (invocation.positional.size() < 2)
    return needs("benchmark", "benchmarks " + action, "benchmarks");
  const std::string& id = invocation.positional[1];
  const BenchmarkDescription* benchmark = catalog.benchmark(id);
  const SuiteDescription* suite = catalog.suite(id);
  if (suite && inspect) {
    LOOM_TRY(const auto json, json_of(*suite, catalog, data_folder_of(invocation)));
    print_json(invocation, json);
    return kFinished;
  }
  if (suite) return suite_is_no_benchmark(*suite, action);
  if (!benchmark) return refuse(invocation, no_benchmark(catalog, id, ""));
  if (!inspect) return sample_prompts(invocation, *benchmark);
  print_json(invocation, json_of(*benchmark, data_folder_of(invocation)));
  return kFinished;
}

}  // namespace loom::cli
