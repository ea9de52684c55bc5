#include "core/evaluation/evaluation_plan.h"

#include "core/base/hash.h"
#include "core/base/json_text.h"
#include "core/base/text_file.h"
#include "core/catalog/suite_files.h"
#include "core/evaluation/plan_reader.h"
#include "core/evaluation/prompt_pack.h"

namespace loom {
namespace {

constexpr uint64_t kMaximumTokens = 16'777'216;
constexpr uint64_t kMaximumSamples = 1'000'000;
constexpr double kMaximumPenalty = 100;

Result<std::vector<PlanMethod>> read_methods(PlanObject& plan, const char* field,
                                             std::vector<PlanMethod> fallback) {
  if (!plan.has(field)) return fallback;
  LOOM_TRY(auto items, plan.objects(field));
  std::vector<PlanMethod> methods;
  for (PlanObject& item : items) {
    PlanMethod method;
    LOOM_CHECK(item.text("id", method.id));
    LOOM_CHECK(item.object("parameters", method.parameters));
    LOOM_CHECK(item.finish());
    methods.push_back(std::move(method));
  }
  return methods;
}

Status read_models(PlanObject& plan, std::vector<PlanModel>& models) {
  LOOM_TRY(auto items, plan.objects("models"));
  for (PlanObject& item : items) {
    PlanModel model;
    LOOM_CHECK(item.text("path", model.path));
    LOOM_CHECK(item.text("name", model.name));
    LOOM_CHECK(item.text("chat_template", model.chat_template));
    LOOM_CHECK(item.finish());
    models.push_back(std::move(model));
  }
  return {};
}

Status read_benchmarks(PlanObject& plan, std::vector<PlanBenchmark>& benchmarks) {
  LOOM_TRY(auto items, plan.objects("benchmarks"));
  for (PlanObject& item : items) {
    PlanBenchmark benchmark;
    LOOM_CHECK(item.text("id", benchmark.id));
    LOOM_CHECK(item.texts("tasks", benchmark.tasks));
    LOOM_CHECK(item.sizes("lengths", benchmark.lengths, kMaximumTokens));
    LOOM_CHECK(item.size("samples", benchmark.samples, kMaximumSamples));
    LOOM_CHECK(item.object("parameters", benchmark.parameters));
    LOOM_CHECK(item.text("suite", benchmark.suite));
    LOOM_CHECK(item.finish());
    benchmarks.push_back(std::move(benchmark));
  }
  return {};
}

Status read_decoding(PlanObject& plan, DecodingSettings& decoding) {
  LOOM_TRY(PlanObject json, plan.inner("decoding"));
  size_t top_k = 0;
  LOOM_CHECK(json.number("temperature", decoding.temperature, 0, 100));
  LOOM_CHECK(json.size("top_k", top_k, 1'000'000));
  decoding.top_k = static_cast<int>(top_k);
  LOOM_CHECK(json.number("top_p", decoding.top_p, 0, 1));
  LOOM_CHECK(json.number("min_p", decoding.min_p, 0, 1));
  LOOM_CHECK(json.size("seed", decoding.seed, UINT64_MAX));
  LOOM_CHECK(json.number("repetition_penalty", decoding.repetition_penalty, 0, kMaximumPenalty));
  return json.finish();
}

nlohmann::json methods_json(const std::vector<PlanMethod>& methods) {
  nlohmann::json json = nlohmann::json::array();
  for (const PlanMethod& method : methods)
    json.push_back({{"id", method.id},
                    {"parameters",
                     method.parameters.is_null() ? nlohmann::json::object() : method.parameters}});
  return json;
}

}  // namespace

Result<EvaluationPlan> plan_from_json(const nlohmann::json& json) {
  LOOM_TRY(PlanObject object, PlanObject::open(json, ""));
  EvaluationPlan plan;
  size_t format = 1;
  LOOM_CHECK(object.size("format", format, 1'000'000));
  if (format != 1)
    return Error{ErrorKind::unsupported,
                 "plan format " + std::to_string(format) + " is newer than this program", "format",
                 "Update LoomScope"};
  LOOM_CHECK(object.text("name", plan.name));
  LOOM_CHECK(read_models(object, plan.models));
  LOOM_TRY(plan.servers, read_methods(object, "servers", plan.servers));
  LOOM_TRY(plan.augmentations, read_methods(object, "augmentations", plan.augmentations));
  LOOM_CHECK(read_benchmarks(object, plan.benchmarks));
  LOOM_CHECK(object.texts("devices", plan.devices));
  LOOM_CHECK(read_decoding(object, plan.decoding));
  LOOM_CHECK(object.size("max_length", plan.max_length, kMaximumTokens));
  std::string rule = to_string(plan.truncation);
  LOOM_CHECK(object.text("truncation", rule));
  LOOM_TRY(plan.truncation, truncation_rule_from(rule));
  LOOM_CHECK(object.size("seed", plan.seed, UINT64_MAX));
  LOOM_CHECK(object.boolean("reuse_answers", plan.reuse_answers));
  LOOM_CHECK(object.boolean("skip_bad_records", plan.skip_bad_records));
  LOOM_CHECK(object.text("rule_set", plan.rule_set));
  LOOM_CHECK(object.boolean("strip_thinking", plan.strip_thinking));
  if (object.has("prompt_pack")) {
    LOOM_CHECK(object.object("prompt_pack", plan.prompt_pack));
    LOOM_CHECK(check_prompt_pack(plan.prompt_pack));
  }
  LOOM_CHECK(object.texts("tags", plan.tags));
  LOOM_CHECK(object.finish());
  return plan;
}

Result<EvaluationPlan> read_plan(const std::filesystem::path& file) {
  LOOM_TRY(nlohmann::json json, read_json(file));
  auto plan = plan_from_json(json);
  if (!plan) {
    Error error = plan.error();
    error.where = file.string() + ": " + error.where;
    return error;
  }
  return plan;
}

nlohmann::json to_json(const EvaluationPlan& plan) {
  nlohmann::json models = nlohmann::json::array(), benchmarks = nlohmann::json::array();
  for (const PlanModel& model : plan.models)
    models.push_back(
        {{"path", model.path}, {"name", model.name}, {"chat_template", model.chat_template}});
  for (const PlanBenchmark& benchmark : plan.benchmarks) {
    benchmarks.push_back({{"id", benchmark.id},
                          {"tasks", benchmark.tasks},
                          {"lengths", benchmark.lengths},
                          {"samples", benchmark.samples},
                          {"parameters", benchmark.parameters.is_null() ? nlohmann::json::object()
                                                                        : benchmark.parameters}});
    if (!benchmark.suite.empty()) benchmarks.back()["suite"] = benchmark.suite;
  }
  nlohmann::json json = {{"format", 1},
                         {"name", plan.name},
                         {"models", models},
                         {"servers", methods_json(plan.servers)},
                         {"augmentations", methods_json(plan.augmentations)},
                         {"benchmarks", benchmarks},
                         {"devices", plan.devices},
                         {"decoding",
                          {{"temperature", plan.decoding.temperature},
                           {"top_k", plan.decoding.top_k},
                           {"top_p", plan.decoding.top_p},
                           {"min_p", plan.decoding.min_p},
                           {"seed", plan.decoding.seed}}},
                         {"max_length", plan.max_length},
                         {"truncation", to_string(plan.truncation)},
                         {"seed", plan.seed},
                         {"rule_set", plan.rule_set},
                         {"tags", plan.tags}};
  if (plan.decoding.repetition_penalty > 0)
    json["decoding"]["repetition_penalty"] = plan.decoding.repetition_penalty;
  if (!plan.reuse_answers) json["reuse_answers"] = false;
  if (plan.strip_thinking) json["strip_thinking"] = true;
  if (plan.skip_bad_records) json["skip_bad_records"] = true;
  if (!plan.prompt_pack.is_null()) json["prompt_pack"] = plan.prompt_pack;
  return json;
}

std::string fingerprint(const EvaluationPlan& plan) {
  nlohmann::json json = to_json(plan);
  for (const char* field : {"name", "tags", "devices", "reuse_answers"}) json.erase(field);
  for (auto& model : json["models"]) model.erase("name");
  return sha256(json_text(json));
}

EvaluationPlan starter_plan(const std::string& model_path) {
  EvaluationPlan plan;
  plan.name = "Starter suite";
  plan.models = {{model_path, "", "auto"}};
  plan.benchmarks = {{"starter", {}, {}, 0, nlohmann::json::object()}};
  return plan;
}

std::vector<PlanBenchmark> benchmarks_of(const SuiteDescription& suite, const Catalog& catalog,
                                         const std::filesystem::path& data_folder) {
  std::vector<PlanBenchmark> benchmarks;
  for (const SuiteEntry& entry : suite.entries) {
    const BenchmarkDescription* described = catalog.benchmark(entry.benchmark);
    const FoundSuiteFiles own =
        described ? suite_files(suite, entry, *described, data_folder) : FoundSuiteFiles{};
    if (own.files) {
      benchmarks.push_back(
          {entry.benchmark, own.tasks, own.files->lengths, 0, entry.parameters, suite.id});
    } else {
      benchmarks.push_back(
          {entry.benchmark, entry.tasks, entry.lengths, entry.samples, entry.parameters, ""});
    }
  }
  return benchmarks;
}

}  // namespace loom
