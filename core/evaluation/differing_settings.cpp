#include "core/evaluation/differing_settings.h"

#include <algorithm>
#include <set>

#include "core/base/hash.h"
#include "core/base/json_text.h"

namespace loom {
namespace {

std::string templates_of(const EvaluationPlan& plan) {
  std::set<std::string> names;
  for (const PlanModel& model : plan.models) names.insert(model.chat_template);
  std::string joined;
  for (const std::string& name : names) joined += (joined.empty() ? "" : "+") + name;
  return joined;
}

// Two packs may have one name: the first digits of a hash of the words tell them apart.
std::string prompts_of(const EvaluationPlan& plan) {
  constexpr size_t kDigits = 8;
  if (plan.prompt_pack.is_null()) return "official or ours";
  nlohmann::json words = plan.prompt_pack;
  std::string name;
  if (const auto found = words.find("prompt_pack"); found != words.end()) {
    if (found->is_string()) name = found->get<std::string>() + ' ';
    words.erase(found);
  }
  return name + sha256(json_text(words)).substr(0, kDigits);
}

std::string decoding_of(const EvaluationPlan& plan) {
  nlohmann::json decoding = to_json(plan)["decoding"];
  if (!(plan.decoding.temperature > 0))
    for (const char* field : {"top_k", "top_p", "min_p", "seed"}) decoding.erase(field);
  return json_text(decoding);
}

std::string samples_of(const EvaluationPlan& plan) {
  nlohmann::json benchmarks = nlohmann::json::array();
  for (const PlanBenchmark& benchmark : plan.benchmarks)
    benchmarks.push_back({benchmark.id, benchmark.samples, benchmark.suite,
                          benchmark.parameters.empty() ? nlohmann::json() : benchmark.parameters});
  return "seed " + std::to_string(plan.seed) + ", " + json_text(benchmarks);
}

struct Reader {
  PlanSetting setting;
  const char* name;
  std::string (*read)(const EvaluationPlan&);
};

const Reader kReaders[] = {
    {PlanSetting::chat_template, "chat template", templates_of},
    {PlanSetting::rule_set, "rule set", [](const EvaluationPlan& plan) { return plan.rule_set; }},
    {PlanSetting::prompts, "prompts", prompts_of},
    {PlanSetting::thoughts, "thoughts",
     [](const EvaluationPlan& plan) {
       return std::string(plan.strip_thinking ? "left out of the answer" : "part of the answer");
     }},
    {PlanSetting::truncation, "truncation",
     [](const EvaluationPlan& plan) { return std::string(to_string(plan.truncation)); }},
    {PlanSetting::maximal_length, "maximal length",
     [](const EvaluationPlan& plan) { return std::to_string(plan.max_length); }},
    {PlanSetting::decoding, "decoding", decoding_of},
    {PlanSetting::samples, "samples", samples_of},
};

}  // namespace

const char* to_string(PlanSetting setting) {
  for (const Reader& reader : kReaders)
    if (reader.setting == setting) return reader.name;
  return "";
}

std::vector<DifferingSetting> differing_settings(std::span<const EvaluationPlan> plans) {
  std::vector<DifferingSetting> differing;
  for (const Reader& reader : kReaders) {
    DifferingSetting here{reader.setting, {}, {}};
    for (size_t i = 0; i < plans.size(); ++i) {
      std::string value = reader.read(plans[i]);
      if (std::find(here.values.begin(), here.values.end(), value) != here.values.end()) continue;
      here.values.push_back(std::move(value));
      here.plans.push_back(i);
    }
    if (here.values.size() > 1) differing.push_back(std::move(here));
  }
  return differing;
}

}  // namespace loom
