// validate: what is wrong with files that a run or the registry would read.
#include <algorithm>
#include <filesystem>
#include <iostream>
#include <sstream>

#include "app/cli/plan_flags.h"
#include "app/cli/session.h"
#include "app/cli/verbs.h"
#include "core/base/error_json.h"
#include "core/base/printable_text.h"
#include "core/base/text_file.h"
#include "core/evaluation/prompt_pack.h"
#include "core/evaluation/prompt_pack_sources.h"
#include "core/execution/pack_wording.h"

namespace loom::cli {
namespace {

namespace fs = std::filesystem;

// Stands for what the file leaves open: prompts of others do not say whose benchmark they are for.
constexpr const char* kAny = "any";

// A task of lm-evaluation-harness rather than a benchmark configuration.
bool is_harness_task(const fs::path& file) {
  const auto text = read_file(file);
  std::istringstream lines(text ? *text : std::string());
  for (std::string line; std::getline(lines, line);)
    for (const char* field : {"task:", "doc_to_text:", "dataset_path:"})
      if (line.starts_with(field)) return true;
  return false;
}

// LongBench's dataset2prompt.json: for each task a prompt with gaps, and nothing else.
bool is_dataset_prompts(const nlohmann::json& json) {
  return json.is_object() && !json.empty() &&
         std::all_of(json.begin(), json.end(), [](const auto& item) {
           return item.is_string() &&
                  item.template get<std::string>().find('{') != std::string::npos;
         });
}

std::vector<Error> foreign_prompt_problems(const fs::path& file) {
  auto pack = read_prompt_pack(file, kAny);
  return pack ? std::vector<Error>{} : std::vector{pack.error()};
}

std::vector<Error> pack_problems(const fs::path& file, const Catalog& catalog) {
  EvaluationPlan plan = starter_plan(kAny);
  auto pack = read_prompt_pack(file, "");
  if (!pack) return {pack.error()};
  plan.prompt_pack = std::move(*pack);
  std::vector<Error> problems = check_plan(plan, catalog);
  if (Status checked = check_pack_fields(plan.prompt_pack, file); !checked)
    problems.push_back(checked.error());
  return problems;
}

std::vector<Error> plan_problems(const EvaluationPlan& plan, const Catalog& catalog,
                                 std::vector<std::string>& notes) {
  for (const std::string& line : left_out(plan, catalog)) notes.push_back(line + ": left out");
  return check_plan(plan, catalog);
}

// By itself, and against the benchmarks that it names.
std::vector<Error> suite_problems(const fs::path& file, const nlohmann::json& suite,
                                  const Catalog& catalog, std::vector<std::string>& notes) {
  if (Status checked = check_registry_file(file); !checked) return {checked.error()};
  nlohmann::json benchmarks = suite["benchmarks"];
  for (nlohmann::json& benchmark : benchmarks) benchmark.erase("own");
  auto plan = plan_from_json({{"models", {{{"path", kAny}}}}, {"benchmarks", benchmarks}});
  return plan ? plan_problems(*plan, catalog, notes) : std::vector{plan.error()};
}

// Told apart by what is in the file. Notes: what is no mistake and may still surprise.
std::vector<Error> problems_of(const fs::path& file, const Catalog& catalog,
                               std::vector<std::string>& notes) {
  if (file.extension() == ".yaml" || file.extension() == ".yml") {
    if (is_harness_task(file)) return foreign_prompt_problems(file);
    auto benchmarks = read_benchmark_config(file);
    if (!benchmarks) return {benchmarks.error()};
    EvaluationPlan plan = starter_plan(kAny);
    plan.benchmarks = std::move(*benchmarks);
    return plan_problems(plan, catalog, notes);
  }
  if (file.extension() == ".py") return foreign_prompt_problems(file);
  auto json = read_json(file);
  if (!json) return {json.error()};
  if (is_dataset_prompts(*json)) return foreign_prompt_problems(file);
  if (is_babilong_run(*json)) return pack_problems(file, catalog);
  if (json->is_object() && json->contains("prompt_pack") && json->at("prompt_pack").is_string())
    return pack_problems(file, catalog);
  if (json->is_object() && json->contains("id") && json->contains("benchmarks"))
    return suite_problems(file, *json, catalog, notes);
  if (json->is_object() && json->contains("id")) {
    Status checked = check_registry_file(file);
    return checked ? std::vector<Error>{} : std::vector{checked.error()};
  }
  auto plan = read_plan(file);
  return plan ? plan_problems(*plan, catalog, notes) : std::vector{plan.error()};
}

}  // namespace

Result<int> validate_files(const Invocation& invocation) {
  if (invocation.positional.empty())
    return Error{ErrorKind::invalid_input,
                 "a plan, a benchmark configuration, a registry file or a prompt pack is needed",
                 "FILE", "For example loomscope-cli validate plan.json"};
  nlohmann::json findings = nlohmann::json::array(), notes = nlohmann::json::array();
  auto add = [&findings](const std::string& file, const Error& error) {
    findings.push_back(error_json(error));
    findings.back()["file"] = file;
  };
  LOOM_TRY(Catalog catalog, open_catalog());
  for (const std::string& file : invocation.positional) {
    std::error_code ignored;
    if (fs::is_directory(file, ignored)) {
      if (auto loaded = load_catalog(file); !loaded) add(file, loaded.error());
      continue;
    }
    std::vector<std::string> told;
    for (const Error& problem : problems_of(file, catalog, told)) add(file, problem);
    for (const std::string& note : told) notes.push_back({{"file", file}, {"message", note}});
  }
  if (invocation.has("json")) {
    print_json(invocation, {{"findings", findings}, {"notes", notes}});
  } else {
    for (const auto& finding : findings) {
      const auto file = finding["file"].get<std::string>();
      const auto where = finding["where"].get<std::string>();
      const auto remedy = finding["remedy"].get<std::string>();
      std::string line = where.starts_with(file) ? "" : file + ": ";
      if (!where.empty()) line += where + ": ";
      line += finding["message"].get<std::string>();
      if (!remedy.empty()) line += ". " + remedy;
      std::cout << printable_line(line) << std::endl;
    }
    for (const auto& note : notes)
      std::cerr << note["file"].get<std::string>() << ": " << note["message"].get<std::string>()
                << std::endl;
    if (findings.empty()) std::cerr << "Nothing to correct" << std::endl;
  }
  return findings.empty() ? kFinished : kUsage;
}

}  // namespace loom::cli
