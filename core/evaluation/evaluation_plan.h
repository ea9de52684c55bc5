// What to evaluate: models x servers x augmentations x benchmarks with every parameter. Immutable;
// the desktop saves it, the command line runs it, a run stores it. JSON "format": 1, schema in
// models-registry/schema/plan.json.
#pragma once

#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "core/base/generation.h"
#include "core/catalog/catalog.h"

namespace loom {

struct PlanModel {
  std::string path;                    // file, folder or hf:ORG/NAME
  std::string name;                    // shown; default from the path
  std::string chat_template = "auto";  // auto: the model's own; none: raw; else a .jinja file
};
struct PlanMethod {  // a server or an augmentation
  std::string id;
  nlohmann::json parameters = nlohmann::json::object();
};
struct PlanBenchmark {
  std::string id;
  std::vector<std::string> tasks;  // empty: all
  std::vector<size_t> lengths;     // empty: the benchmark's default lengths
  size_t samples = 0;              // per task and length; 0: the benchmark's default
  nlohmann::json parameters = nlohmann::json::object();
  std::string suite = {};  // whose own files of this benchmark are read; "": the benchmark's
};

struct EvaluationPlan {
  std::string name;
  std::vector<PlanModel> models;
  std::vector<PlanMethod> servers{{"local", {}}};
  std::vector<PlanMethod> augmentations{{"none", {}}};
  std::vector<PlanBenchmark> benchmarks;
  std::vector<std::string> devices{"cpu"};
  DecodingSettings decoding;
  size_t max_length = 0;  // tokens of prompt and answer; 0: the model's window
  TruncationRule truncation = TruncationRule::benchmark;
  uint64_t seed = 42;
  bool reuse_answers = true;  // of earlier runs to the same request; changes time, never a score
  bool skip_bad_records = false;  // count records that cannot be read; else one fails its task
  std::string rule_set = "official";
  bool strip_thinking = false;  // only what follows an answer's finished thought is scored
  nlohmann::json prompt_pack;   // see prompt_pack.h; null: the official prompts, then ours
  std::vector<std::string> tags;
};

// Unknown fields, wrong types and values out of range are errors that name the field.
Result<EvaluationPlan> plan_from_json(const nlohmann::json& json);
Result<EvaluationPlan> read_plan(const std::filesystem::path& file);
nlohmann::json to_json(const EvaluationPlan& plan);
// SHA-256 over everything that can change a score: name, tags, devices and
// reuse_answers are left out.
std::string fingerprint(const EvaluationPlan& plan);
// Checked against the catalogue: ids exist, tasks and lengths are offered, parameters in range.
std::vector<Error> check_plan(const EvaluationPlan& plan, const Catalog& catalog);
// A suite's benchmarks as a plan holds them. Where the suite's own files of one are below
// data_folder or in the Hugging Face cache they are taken whole; else it is built from the
// benchmark's own data, with the suite's numbers of samples.
std::vector<PlanBenchmark> benchmarks_of(const SuiteDescription& suite, const Catalog& catalog,
                                         const std::filesystem::path& data_folder);
// The plan that `packaging/run.sh --headless` and the Evaluate page's first button run.
EvaluationPlan starter_plan(const std::string& model_path);

}  // namespace loom
