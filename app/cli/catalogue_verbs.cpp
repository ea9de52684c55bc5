// models and benchmarks: what is here and what is described.
#include <filesystem>
#include <iomanip>
#include <iostream>

#include "app/cli/custom_verbs.h"
#include "app/cli/fetch_verbs.h"
#include "app/cli/inspect_model.h"
#include "app/cli/interrupt.h"
#include "app/cli/session.h"
#include "app/cli/verbs.h"
#include "core/base/file_paths.h"
#include "core/catalog/custom_benchmark.h"
#include "core/catalog/local_models.h"
#include "core/execution/job_records.h"
#include "core/execution/sample_request.h"

namespace loom::cli {
namespace {

namespace fs = std::filesystem;

constexpr const char* kBenchmarkActions =
    "ls, show BENCHMARK|SUITE, fetch BENCHMARK, sample BENCHMARK --task T --model M --n K, "
    "add FILE|FOLDER, remove BENCHMARK, metrics";

Error unknown_action(const Invocation& invocation, const std::string& known) {
  std::string given = invocation.positional.empty() ? "" : invocation.positional.front();
  return {ErrorKind::invalid_input,
          given.empty() ? "an action is needed" : "there is no action \"" + given + "\"", "",
          known};
}

nlohmann::json json_of(const LocalModel& model) {
  return {{"path", model.path.string()},
          {"name", model.name},
          {"architecture", model.architecture},
          {"weight_type", model.weight_type},
          {"supported", model.supported},
          {"problem", model.problem},
          {"answers", model.answers},
          {"parameters", model.parameters},
          {"file_bytes", model.file_bytes},
          {"window_tokens", model.window_tokens},
          {"recurrent", model.recurrent},
          {"layers", model.layers},
          {"kv_heads", model.kv_heads},
          {"head_dim", model.head_dim},
          {"hidden", model.hidden},
          {"vocabulary", model.vocabulary},
          {"has_chat_template", model.has_chat_template}};
}

void print_model(const LocalModel& model) {
  std::cout << model.name << "  " << model.architecture << "  " << model.weight_type << "  "
            << model.file_bytes / 1000000 << " MB  "
            << (model.recurrent ? "no window" : "window " + std::to_string(model.window_tokens))
            << (!model.supported ? "  cannot run: " + model.problem
                : model.answers  ? ""
                                 : "  encoder, gives no answers")
            << "\n    " << model.path.string() << std::endl;
}

Result<int> list_models(const Invocation& invocation) {
  auto found = find_models(model_folders(invocation));
  if (invocation.has("json")) {
    nlohmann::json json = nlohmann::json::array();
    for (const LocalModel& model : found) json.push_back(json_of(model));
    print_json(invocation, {{"models", json}});
    return kFinished;
  }
  if (found.empty()) std::cerr << "No model was found in " << paths::models().string() << std::endl;
  for (const LocalModel& model : found) print_model(model);
  return kFinished;
}

Result<int> add_one(const Invocation& invocation) {
  LOOM_TRY(const LocalModel model, add_model(invocation));
  if (invocation.has("json")) {
    print_json(invocation, {{"model", json_of(model)}});
  } else {
    print_model(model);
  }
  return kFinished;
}

Result<int> inspect_one(const Invocation& invocation) {
  if (invocation.positional.size() < 2)
    return Error{ErrorKind::invalid_input, "a model is needed", "models inspect", ""};
  LOOM_TRY(const LocalModel model,
           resolve_model(invocation.positional[1], model_folders(invocation)));
  return inspect_model_in_full(invocation, model, json_of(model));
}

Result<int> remove_model(const Invocation& invocation) {
  if (invocation.positional.size() < 2)
    return Error{ErrorKind::invalid_input, "a model is needed", "models remove", ""};
  LOOM_TRY(LocalModel model, resolve_model(invocation.positional[1], {paths::models()}));
  fs::path inside = fs::relative(model.path, paths::models());
  if (inside.empty() || *inside.begin() == "..")
    return Error{ErrorKind::invalid_input, "only models in the program's own folder are removed",
                 model.path.string(), ""};
  std::error_code error;
  fs::remove_all(model.path, error);
  if (error) return Error{ErrorKind::io, error.message(), model.path.string(), ""};
  return kFinished;
}

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
          {"version", benchmark.version},
          {"generated", benchmark.generated},
          {"lengths", benchmark.lengths},
          {"languages", benchmark.languages},
          {"tasks", tasks}};
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

// Rendered prompts with their token counts, before any run.
Result<int> sample_prompts(const Invocation& invocation, const BenchmarkDescription& benchmark) {
  LOOM_TRY(auto session, open_without_store(invocation));
  LOOM_TRY(LocalModel local, resolve_model(invocation.text("model"), model_folders(invocation)));
  PlanModel model{local.path.string(), "", invocation.text("template", "auto")};
  LOOM_TRY(ModelText text, load_model_text(model, local.path));
  LOOM_TRY(auto count, invocation.integer("n"));
  EvaluationPlan plan;
  plan.models = {model};
  plan.benchmarks = {
      {benchmark.id, {invocation.text("task", benchmark.tasks.front().id)}, {}, 0, {}}};
  plan.benchmarks[0].samples = static_cast<size_t>(std::max<int64_t>(1, count.value_or(1)));
  LOOM_TRY(auto length, invocation.integer("length"));
  if (length) plan.benchmarks[0].lengths = {static_cast<size_t>(*length)};
  LOOM_TRY(auto jobs, unroll(plan, session->catalog));
  nlohmann::json samples = nlohmann::json::array();
  for (const Job& job : jobs) {
    LOOM_TRY(JobRecords records,
             job_records(plan, job, session->catalog, text, session->environment.data_folder,
                         job.samples, interrupt_token()));
    for (const Record& record : records.task.records) {
      const PromptLimits limits =
          prompt_limits(plan, *records.description, record, local.window_tokens);
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

}  // namespace

Result<int> models(const Invocation& invocation) {
  std::string action = invocation.positional.empty() ? "ls" : invocation.positional.front();
  if (action == "ls") return list_models(invocation);
  if (action == "inspect") return inspect_one(invocation);
  if (action == "remove") return remove_model(invocation);
  if (action == "add") return add_one(invocation);
  return unknown_action(invocation, "ls, add hf:ORG/NAME[@REVISION], inspect MODEL, remove MODEL");
}

Result<int> benchmarks(const Invocation& invocation) {
  std::string action = invocation.positional.empty() ? "ls" : invocation.positional.front();
  LOOM_TRY(Catalog catalog, open_catalog());
  if (action == "ls") {
    nlohmann::json json = nlohmann::json::array();
    for (const BenchmarkDescription& benchmark : catalog.benchmarks) {
      json.push_back(json_of(benchmark));
      if (!invocation.has("json"))
        std::cout << std::left << std::setw(16) << benchmark.id << std::setw(16)
                  << benchmark.capability << benchmark.tasks.size() << " tasks  " << benchmark.title
                  << std::endl;
    }
    nlohmann::json problems = nlohmann::json::array();
    for (const Error& problem : catalog.problems) {
      std::cerr << "Not usable: " << describe(problem) << std::endl;
      problems.push_back(
          {{"where", problem.where}, {"message", problem.message}, {"remedy", problem.remedy}});
    }
    if (invocation.has("json"))
      print_json(invocation, {{"benchmarks", json}, {"problems", problems}});
    return kFinished;
  }
  if (action == "fetch") return fetch_benchmarks(invocation, catalog);
  if (action == "add") return add_benchmark(invocation, catalog);
  if (action == "remove") return remove_benchmark(invocation, catalog);
  if (action == "metrics") return list_metrics(invocation);
  if (invocation.positional.size() < 2) return unknown_action(invocation, kBenchmarkActions);
  const BenchmarkDescription* benchmark = catalog.benchmark(invocation.positional[1]);
  const SuiteDescription* suite = catalog.suite(invocation.positional[1]);
  if (suite && (action == "inspect" || action == "show")) {
    LOOM_TRY(const auto json, json_of(*suite, catalog, data_folder_of(invocation)));
    print_json(invocation, json);
    return kFinished;
  }
  if (!benchmark) return no_benchmark(catalog, invocation.positional[1], "");
  if (action == "inspect" || action == "show") {
    print_json(invocation, json_of(*benchmark));
    return kFinished;
  }
  if (action == "sample") return sample_prompts(invocation, *benchmark);
  return unknown_action(invocation, kBenchmarkActions);
}

}  // namespace loom::cli
