#include "app/cli/plan_flags.h"

#include <algorithm>
#include <charconv>
#include <sstream>

#include "app/cli/session.h"
#include "core/evaluation/model_name.h"
#include "core/evaluation/prompt_pack.h"
#include "core/evaluation/prompt_pack_sources.h"
#include "core/execution/pack_wording.h"

namespace loom::cli {
namespace {

std::vector<std::string> split_list(const std::vector<std::string>& values) {
  std::vector<std::string> parts;
  for (const std::string& value : values) {
    std::stringstream stream(value);
    for (std::string part; std::getline(stream, part, ',');)
      if (!part.empty()) parts.push_back(part);
  }
  return parts;
}

Result<std::vector<size_t>> lengths_of(const Invocation& invocation) {
  std::vector<size_t> lengths;
  for (std::string part : split_list(invocation.texts("lengths"))) {
    size_t factor = 1;
    if (part.ends_with('k') || part.ends_with('K')) {
      factor = 1024;
      part.pop_back();
    }
    if (part.empty() || part.size() > 9 || !std::all_of(part.begin(), part.end(), ::isdigit))
      return Error{ErrorKind::invalid_input, "\"" + part + "\" is not a length in tokens",
                   "--lengths", "For example --lengths 4096,8192 or 4k,8k"};
    lengths.push_back(std::stoull(part) * factor);
  }
  return lengths;
}

Status set_models(const Invocation& invocation, EvaluationPlan& plan) {
  if (invocation.has("model_path")) {
    plan.models.clear();
    for (const std::string& path : invocation.texts("model_path"))
      plan.models.push_back({path, "", "auto"});
  }
  if (invocation.has("template"))
    for (PlanModel& model : plan.models) model.chat_template = invocation.text("template");
  return {};
}

// Which prompts a configuration wraps in the chat template, where that is not our tasks' own rule.
Status set_wrapping(const std::string& file, const PlanBenchmark& chosen, const Catalog& catalog,
                    EvaluationPlan& plan) {
  LOOM_TRY(const nlohmann::json pack, pack_from_package_config(file));
  const BenchmarkDescription* benchmark = catalog.benchmark(chosen.id);
  if (pack.is_null() || !benchmark) return {};
  auto is_chosen = [&](const TaskDescription& task) {
    return chosen.tasks.empty() ||
           std::find(chosen.tasks.begin(), chosen.tasks.end(), task.id) != chosen.tasks.end();
  };
  const bool differs = std::any_of(
      benchmark->tasks.begin(), benchmark->tasks.end(), [&](const TaskDescription& task) {
        return is_chosen(task) &&
               pack_wraps(pack, chosen.id, task.id, task.chat_template) != task.chat_template;
      });
  if (!differs) return {};
  if (plan.prompt_pack.is_null())
    plan.prompt_pack = pack;
  else
    plan.prompt_pack["benchmarks"].merge_patch(pack["benchmarks"]);
  return {};
}

Status set_benchmarks(const Invocation& invocation, const Catalog& catalog, EvaluationPlan& plan) {
  if (invocation.has("benchmark") || invocation.has("cfg_path")) plan.benchmarks.clear();
  for (const std::string& id : split_list(invocation.texts("benchmark"))) {
    if (const SuiteDescription* suite = catalog.suite(id)) {
      for (PlanBenchmark& benchmark : benchmarks_of(*suite, catalog, data_folder_of(invocation)))
        plan.benchmarks.push_back(std::move(benchmark));
    } else {
      plan.benchmarks.push_back({id, {}, {}, 0, {}});
    }
  }
  for (const std::string& file : invocation.texts("cfg_path")) {
    LOOM_TRY(auto benchmarks, read_benchmark_config(file));
    for (PlanBenchmark& benchmark : benchmarks) {
      LOOM_CHECK(set_wrapping(file, benchmark, catalog, plan));
      plan.benchmarks.push_back(std::move(benchmark));
    }
  }
  LOOM_TRY(auto lengths, lengths_of(invocation));
  LOOM_TRY(auto limit, invocation.integer("limit"));
  if (limit && *limit <= 0)
    return Error{ErrorKind::invalid_input, "must be at least 1", "--limit",
                 "Leave it out for each benchmark's own number of samples"};
  for (PlanBenchmark& benchmark : plan.benchmarks) {
    if (invocation.has("tasks")) benchmark.tasks = split_list(invocation.texts("tasks"));
    if (!lengths.empty()) benchmark.lengths = lengths;
    if (limit) benchmark.samples = static_cast<size_t>(*limit);
  }
  return {};
}

struct DeviceUse {
  size_t devices_per_model = 1, models_per_device = 1;
};

// "2": two devices hold one model. "1/2": one device holds two models.
Result<DeviceUse> device_use(const std::string& text) {
  constexpr size_t kMost = 64;
  DeviceUse use;
  const bool several_models = text.starts_with("1/");
  const std::string number = several_models ? text.substr(2) : text;
  size_t& count = several_models ? use.models_per_device : use.devices_per_model;
  const char* end = number.data() + number.size();
  const auto read = std::from_chars(number.data(), end, count);
  if (read.ec == std::errc() && read.ptr == end && count >= 1 && count <= kMost) return use;
  return Error{ErrorKind::invalid_input, "\"" + text + "\" is not understood", "--gp_num",
               "2 for a model on two devices, 1/2 for two models on a device"};
}

Result<std::vector<std::string>> devices_for(const DeviceUse& use,
                                             std::vector<std::string> devices) {
  const size_t size = use.devices_per_model;
  if (size > 1 && devices == EvaluationPlan().devices) {
    devices.clear();
    for (size_t i = 0; i < size; ++i) devices.push_back("cuda:" + std::to_string(i));
  }
  if (devices.size() % size != 0)
    return Error{
        ErrorKind::invalid_input,
        std::to_string(devices.size()) + " devices are no groups of " + std::to_string(size),
        "--gp_num", "For example --device 0,1,2,3 --gp_num 2"};
  std::vector<std::string> groups;
  for (size_t i = 0; i < devices.size(); i += size) {
    std::string group = devices[i];
    for (size_t k = 1; k < size; ++k) group += '+' + devices[i + k];
    groups.insert(groups.end(), use.models_per_device, group);
  }
  return groups;
}

Status set_devices(const Invocation& invocation, EvaluationPlan& plan) {
  if (invocation.has("device")) {
    plan.devices.clear();
    for (const std::string& device : split_list(invocation.texts("device"))) {
      bool number = std::all_of(device.begin(), device.end(), ::isdigit);
      plan.devices.push_back(number ? "cuda:" + device : device);
    }
  }
  LOOM_TRY(const DeviceUse use, device_use(invocation.text("gp_num", "1")));
  LOOM_TRY(plan.devices, devices_for(use, plan.devices));
  if (invocation.has("server"))
    plan.servers = {{invocation.text("server"), nlohmann::json::object()}};
  for (const char* flag : {"acceleration", "rag_method"})
    if (invocation.has(flag))
      plan.augmentations = {{invocation.text(flag), nlohmann::json::object()}};
  return {};
}

Status set_sampling(const Invocation& invocation, EvaluationPlan& plan) {
  LOOM_CHECK(read_decoding_flags(invocation, plan.decoding));
  if (invocation.has("seed")) plan.seed = plan.decoding.seed;
  LOOM_TRY(auto max_length, invocation.integer("max_length"));
  if (max_length && *max_length < 0)
    return Error{ErrorKind::invalid_input, "must not be negative", "--max_length",
                 "0 is the model's own window"};
  if (max_length) plan.max_length = static_cast<size_t>(*max_length);
  if (invocation.has("truncation")) {
    nlohmann::json json = to_json(plan);
    json["truncation"] = invocation.text("truncation");
    LOOM_TRY(plan, plan_from_json(json));
  }
  return {};
}

// FILE, or BENCHMARK=FILE where the file does not name one.
Status set_prompts(const Invocation& invocation, EvaluationPlan& plan) {
  if (!invocation.has("prompt_pack")) return {};
  std::string file = invocation.text("prompt_pack"), benchmark;
  std::error_code absent;
  const size_t sign = file.find('=');
  if (sign != std::string::npos && !std::filesystem::exists(file, absent)) {
    benchmark = file.substr(0, sign);
    file.erase(0, sign + 1);
  }
  LOOM_TRY(plan.prompt_pack, read_prompt_pack(file, benchmark));
  return check_pack_fields(plan.prompt_pack, file);
}

std::string default_name(const EvaluationPlan& plan) {
  constexpr size_t kNamed = 4;
  std::string name;
  for (size_t i = 0; i < std::min(plan.benchmarks.size(), kNamed); ++i)
    name += (name.empty() ? "" : ", ") + plan.benchmarks[i].id;
  if (plan.benchmarks.size() > kNamed)
    name += " and " + std::to_string(plan.benchmarks.size() - kNamed) + " more";
  for (const PlanModel& model : plan.models) name += " · " + model_name(model);
  return name;
}

}  // namespace

const std::vector<Option>& plan_options() {
  static const std::vector<Option> options = {
      {"model_path", "MODEL", "GGUF file, model folder or hf:ORG/NAME; several are compared", true},
      {"cfg_path", "FILE", "benchmark configuration, YAML or JSON", true},
      {"benchmark", "ID", "benchmark or suite by its name, for example ruler or loombench", true},
      {"tasks", "TASK", "only these tasks", true},
      {"lengths", "TOKENS", "prompt lengths, for example 4k,8k", true},
      {"limit", "N", "samples per task and length"},
      {"starter", nullptr, "the starter suite: six capabilities in a few minutes"},
      {"template", "auto|none|FILE", "chat template; auto is the model's own"},
      {"prompt_pack", "FILE", "own prompts; BENCHMARK=FILE for files that do not name one"},
      {"device", "DEVICE", "cpu or GPU numbers", true},
      {"gp_num", "N", "devices per model; 1/N for N models per device"},
      {"server", "ID", "where the model runs; local is this machine"},
      {"acceleration", "ID", "KV-cache or sparse-attention method"},
      {"rag_method", "ID", "retrieval method"},
      {"rules", "SET", "how answers are scored: official, loomscope-0.8, as-published"},
      {"strip_thinking", nullptr, "score only what follows </think> in an answer"},
      {"no_answer_cache", nullptr, "ask again what earlier runs have answered already"},
      {"skip_bad_records", nullptr, "leave out records that cannot be read, and count them"},
      {"eval", nullptr, "accepted; every run is scored"},
      {"save_tag", "TEXT", "tag of the run"},
      {"name", "TEXT", "name of the run"},
      {"max_length", "TOKENS", "longest prompt and answer together"},
      {"truncation", "RULE",
       "what goes when a prompt is too long: middle, head, tail, fail; benchmark is each task's "
       "own"},
      {"seed", "N", "seed of data and decoding"},
      {"temperature", "X", "0 is greedy"},
      {"top_k", "N", "sample among the N likeliest tokens"},
      {"top_p", "X", "sample among tokens that hold this probability"},
      {"min_p", "X", "leave out tokens below this share of the likeliest"},
      {"repetition_penalty", "X", "above 1 lowers what was said already; 0 is each task's own"}};
  return options;
}

Status read_decoding_flags(const Invocation& invocation, DecodingSettings& decoding) {
  struct Flag {
    const char* name;
    double most;
    double DecodingSettings::*value;
    const char* remedy;
  };
  for (const Flag& flag : {Flag{"temperature", 100, &DecodingSettings::temperature, "0 is greedy"},
                           Flag{"top_p", 1, &DecodingSettings::top_p, "1 switches it off"},
                           Flag{"min_p", 1, &DecodingSettings::min_p, "0 switches it off"},
                           Flag{"repetition_penalty", 100, &DecodingSettings::repetition_penalty,
                                "0 is each task's own, 1 is none"}}) {
    LOOM_TRY(const auto given, invocation.number(flag.name));
    if (!given) continue;
    const bool above_zero = flag.value == &DecodingSettings::top_p;  // at 0 no token is left
    if (*given < 0 || *given > flag.most || (above_zero && *given == 0))
      return Error{
          ErrorKind::invalid_input,
          (above_zero ? "must be a number above 0, up to " : "must be a number from 0 to ") +
              std::to_string(static_cast<int>(flag.most)),
          std::string("--") + flag.name, flag.remedy};
    decoding.*flag.value = *given;
  }
  constexpr int64_t kMostTopK = 1'000'000;
  LOOM_TRY(const auto top_k, invocation.integer("top_k"));
  if (top_k && (*top_k < 0 || *top_k > kMostTopK))
    return Error{ErrorKind::invalid_input,
                 "must be a whole number from 0 to " + std::to_string(kMostTopK), "--top_k",
                 "0 switches it off"};
  if (top_k) decoding.top_k = static_cast<int>(*top_k);
  LOOM_TRY(const auto seed, invocation.integer("seed"));
  if (seed && *seed < 0)
    return Error{ErrorKind::invalid_input, "must not be negative", "--seed",
                 "Give a whole number from 0 on"};
  if (seed) decoding.seed = static_cast<uint64_t>(*seed);
  return {};
}

Result<EvaluationPlan> plan_from(const Invocation& invocation, const Catalog& catalog) {
  EvaluationPlan plan;
  if (!invocation.positional.empty()) {
    LOOM_TRY(plan, read_plan(invocation.positional.front()));
  } else if (invocation.has("starter")) {
    plan = starter_plan(invocation.text("model_path"));
  }
  LOOM_CHECK(set_models(invocation, plan));
  LOOM_CHECK(set_benchmarks(invocation, catalog, plan));
  LOOM_CHECK(set_prompts(invocation, plan));
  LOOM_CHECK(set_devices(invocation, plan));
  LOOM_CHECK(set_sampling(invocation, plan));
  if (invocation.has("no_answer_cache")) plan.reuse_answers = false;
  if (invocation.has("strip_thinking")) plan.strip_thinking = true;
  if (invocation.has("skip_bad_records")) plan.skip_bad_records = true;
  if (invocation.has("rules")) plan.rule_set = invocation.text("rules");
  if (invocation.has("name")) plan.name = invocation.text("name");
  if (invocation.has("save_tag")) plan.tags.push_back(invocation.text("save_tag"));
  if (plan.models.empty())
    return Error{ErrorKind::invalid_input, "no model is given", "--model_path",
                 "Give a plan file or --model_path; loomscope-cli models ls shows what is here"};
  if (plan.benchmarks.empty())
    return Error{ErrorKind::invalid_input, "no benchmark is given", "--benchmark",
                 "Give a plan file, --benchmark, --cfg_path or --starter"};
  if (plan.name.empty()) plan.name = default_name(plan);
  if (auto problems = check_plan(plan, catalog); !problems.empty()) return problems.front();
  return plan;
}

}  // namespace loom::cli
