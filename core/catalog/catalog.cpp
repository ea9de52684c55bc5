#include "core/catalog/catalog.h"

#include <algorithm>
#include <cmath>
#include <set>

#include "core/base/text_file.h"
#include "core/catalog/custom_folder.h"
#include "core/catalog/rule_sets.h"
#include "core/metrics/metric.h"

namespace loom {
namespace {

using nlohmann::json;
namespace fs = std::filesystem;

constexpr int kMostNewTokens = 1'000'000;
constexpr size_t kLongest = 16'777'216;  // tokens, as in a plan

// Fields are read with at() and value(); json's exceptions become Errors that name the file.
template <typename T, typename Read>
Result<T> from_file(const fs::path& file, Read read) {
  LOOM_TRY(json root, read_json(file));
  try {
    if (root.value("format", 0) != 1)
      return Error{ErrorKind::unsupported, "the format is not 1", file.string() + ": format", ""};
    if (root.at("id").get<std::string>() != file.stem().string())
      return Error{ErrorKind::invalid_input, "the id is not the file's name",
                   file.string() + ": id", ""};
    return read(root);
  } catch (const json::exception& problem) {
    return Error{ErrorKind::invalid_input, problem.what(), file.string(), ""};
  }
}

Parameter parameter_from(const json& object) {
  Parameter parameter;
  parameter.id = object.at("id").get<std::string>();
  parameter.label = object.at("label").get<std::string>();
  parameter.type = object.at("type").get<std::string>();
  parameter.help = object.value("help", "");
  parameter.unit = object.value("unit", "");
  parameter.effect = object.value("effect", "");
  parameter.default_value = object.at("default");
  if (object.contains("minimum")) parameter.minimum = object["minimum"].get<double>();
  if (object.contains("maximum")) parameter.maximum = object["maximum"].get<double>();
  parameter.choices = object.value("choices", std::vector<std::string>{});
  return parameter;
}

std::vector<Parameter> parameters_from(const json& root) {
  std::vector<Parameter> parameters;
  for (const auto& object : root.value("parameters", json::array()))
    parameters.push_back(parameter_from(object));
  return parameters;
}

// An empty metric is the task's own.
TaskRule rule_from(const json& object) {
  return {object.value("metric", ""), object.value("metric_parameters", json::object()),
          object.value("references", ""), object.value("reason", ""),
          object.value("max_new_tokens", 0)};
}

TaskDescription task_from(const json& object) {
  TaskDescription task;
  task.id = object.at("id").get<std::string>();
  task.title = object.at("title").get<std::string>();
  task.help = object.value("help", "");
  task.language = object.value("language", "en");
  task.metric = object.at("metric").get<std::string>();
  task.metric_parameters = object.value("metric_parameters", json::object());
  task.max_new_tokens = object.at("max_new_tokens").get<int>();
  task.stop = object.value("stop", std::vector<std::string>{});
  task.end_texts = object.value("end_texts", std::vector<std::string>{});
  task.end_texts_for_several = object.value("end_texts_for_several", false);
  task.min_new_tokens = object.value("min_new_tokens", 0);
  task.chat_template = object.value("chat_template", true);
  // A name that is none of the rules is refused by check_benchmark.
  task.truncation = truncation_rule_from(object.value("truncation", "middle"))
                        .value_or(TruncationRule::benchmark);
  task.repetition_penalty = object.value("repetition_penalty", 1.0);
  task.official_samples = object.value("official_samples", size_t{0});
  task.first_samples = object.value("first_samples", false);
  for (const json& from : object.value("official_samples_from", json::array()))
    task.official_samples_from[from.at("length").get<size_t>()] = from.at("samples").get<size_t>();
  const json choices = object.value("official_samples_of", json::object());
  for (const auto& [choice, cells] : choices.items())
    for (const json& cell : cells)
      task.official_samples_of[choice][cell.at("length").get<size_t>()] =
          cell.at("samples").get<size_t>();
  task.lengths = object.value("lengths", std::vector<size_t>{});
  task.capability = object.value("capability", "");
  task.group = object.value("group", "");
  if (const auto rules = object.find("rules"); rules != object.end())
    for (const auto& [set, rule] : rules->items()) task.rules[set] = rule_from(rule);
  return task;
}

BenchmarkDescription benchmark_from(const json& root) {
  BenchmarkDescription benchmark;
  benchmark.id = root.at("id").get<std::string>();
  benchmark.title = root.at("title").get<std::string>();
  benchmark.summary = root.at("summary").get<std::string>();
  benchmark.capability = root.at("capability").get<std::string>();
  benchmark.licence = root.value("licence", "");
  benchmark.citation = root.value("citation", "");
  benchmark.paper = root.value("paper", "");
  benchmark.bibtex = root.value("bibtex", "");
  benchmark.version = root.at("version").get<std::string>();
  benchmark.languages = root.value("languages", std::vector<std::string>{});
  benchmark.generated = root.value("generated", false);
  benchmark.lengths = root.value("lengths", std::vector<size_t>{});
  benchmark.default_lengths = root.value("default_lengths", std::vector<size_t>{});
  benchmark.minimum_length = root.value("minimum_length", benchmark.minimum_length);
  benchmark.default_samples = root.value("default_samples", size_t{0});
  benchmark.made_samples = root.value("made_samples", size_t{0});
  benchmark.rule_sets = root.value("rule_sets", std::vector<std::string>{});
  benchmark.pool_groups = root.value("pool", "tasks") == "samples";
  for (const json& breakdown : root.value("breakdowns", json::array()))
    benchmark.breakdowns.push_back(breakdown_from(breakdown));
  benchmark.parameters = parameters_from(root);
  for (const auto& task : root.at("tasks")) benchmark.tasks.push_back(task_from(task));
  for (const auto& file : root.value("files", json::array())) {
    const auto path = file.at("path").get<std::string>();
    benchmark.files.push_back({path, file.value("hub_id", ""), file.value("hub_path", path),
                               file.value("sha256", ""), file.value("bytes", uint64_t{0}),
                               file.value("required", false), file.value("hub_revision", ""),
                               file.value("has_substitute", false)});
  }
  return benchmark;
}

MethodDescription method_from(const json& root) {
  return {root.at("id").get<std::string>(),
          root.at("title").get<std::string>(),
          root.value("summary", ""),
          root.value("paper", ""),
          root.value("licence", ""),
          root.value("version", "1"),
          parameters_from(root)};
}

ArchitectureDescription architecture_from(const json& root) {
  return {root.at("id").get<std::string>(), root.at("title").get<std::string>(),
          root.value("summary", ""), root.value("model_types", std::vector<std::string>{})};
}

SuiteDescription suite_from(const json& root) {
  SuiteDescription suite;
  suite.id = root.at("id").get<std::string>();
  suite.title = root.at("title").get<std::string>();
  suite.summary = root.at("summary").get<std::string>();
  suite.citation = root.value("citation", "");
  suite.paper = root.value("paper", "");
  suite.hub_id = root.value("hub_id", "");
  for (const json& entry : root.at("benchmarks")) {
    SuiteEntry chosen{entry.at("id").get<std::string>(),
                      entry.value("tasks", std::vector<std::string>{}),
                      entry.value("lengths", std::vector<size_t>{}),
                      entry.value("samples", size_t{0}),
                      entry.value("parameters", json::object()),
                      {}};
    for (const json& own : entry.value("own", json::array()))
      chosen.own.push_back({own.at("path").get<std::string>(),
                            own.value("lengths", std::vector<size_t>{}),
                            own.value("any_task", false)});
    suite.entries.push_back(std::move(chosen));
  }
  return suite;
}

template <typename T>
Status read_folder(const fs::path& folder, T (*read)(const json&), std::vector<T>& list) {
  std::vector<fs::path> files;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(folder, error))
    if (entry.path().extension() == ".json") files.push_back(entry.path());
  if (error)
    return Error{ErrorKind::not_found, error.message(), folder.string(),
                 "The registry is incomplete"};
  std::sort(files.begin(), files.end());
  for (const fs::path& file : files) {
    LOOM_TRY(T value,
             from_file<T>(file, [&](const json& root) -> Result<T> { return read(root); }));
    list.push_back(std::move(value));
  }
  return {};
}

Status check_metric(const std::string& metric, const json& parameters, const std::string& where) {
  if (!find_metric(metric))
    return Error{ErrorKind::invalid_input, "there is no metric \"" + metric + "\"", where,
                 "loomscope-cli benchmarks metrics lists them"};
  if (!parameters.is_object())
    return Error{ErrorKind::invalid_input, "metric_parameters must be an object", where, ""};
  return {};
}

Status check_task(const TaskDescription& task, const std::string& where) {
  if (task.id.empty() || task.id.find('/') != std::string::npos || task.id.starts_with('.'))
    return Error{ErrorKind::invalid_input, "is no name of a task", where,
                 "Use letters, digits, _ and -"};
  if (task.max_new_tokens < 1 || task.max_new_tokens > kMostNewTokens)
    return Error{
        ErrorKind::invalid_input,
        "max_new_tokens must be a whole number from 1 to " + std::to_string(kMostNewTokens), where,
        ""};
  LOOM_CHECK(check_metric(task.metric, task.metric_parameters, where));
  for (const auto& [set, rule] : task.rules) {
    const auto& known = rule_sets();
    if (std::find(known.begin(), known.end(), set) == known.end())
      return Error{ErrorKind::invalid_input, "there is no rule set \"" + set + "\"",
                   where + ".rules",
                   std::string("Use ") + kLoomScopeRules + " or " + kPublishedRules};
    LOOM_CHECK(check_metric(rule.metric.empty() ? task.metric : rule.metric, rule.parameters,
                            where + ".rules." + set));
  }
  return {};
}

Status check_benchmark(const BenchmarkDescription& benchmark, const fs::path& file) {
  const std::string where = file.string();
  std::set<std::string> seen;
  for (const auto* lengths : {&benchmark.lengths, &benchmark.default_lengths})
    for (size_t length : *lengths)
      if (length > kLongest)
        return Error{ErrorKind::invalid_input,
                     "a length is outside 0 to " + std::to_string(kLongest) + " tokens",
                     where + ": lengths", ""};
  for (const auto& one : benchmark.files) {
    const fs::path path = one.path;
    if (path.empty() || path.is_absolute() ||
        std::find(path.begin(), path.end(), "..") != path.end())
      return Error{ErrorKind::invalid_input,
                   "the file \"" + one.path + "\" is not below the benchmark's folder",
                   where + ": files", "Use a path without .. and without / at its begin"};
  }
  auto known = [](const std::string& capability) {
    return std::find(kCapabilities.begin(), kCapabilities.end(), capability) != kCapabilities.end();
  };
  if (!known(benchmark.capability))
    return Error{ErrorKind::invalid_input,
                 "the capability \"" + benchmark.capability + "\" is not one of the six", where,
                 ""};
  if (benchmark.tasks.empty()) return Error{ErrorKind::invalid_input, "has no tasks", where, ""};
  for (const TaskDescription& task : benchmark.tasks) {
    LOOM_CHECK(check_task(task, where + ": tasks, " + task.id));
    if (!seen.insert(task.id).second)
      return Error{ErrorKind::invalid_input, "the task " + task.id + " stands twice", where, ""};
    if (!task.capability.empty() && !known(task.capability))
      return Error{ErrorKind::invalid_input,
                   "the capability of " + task.id + " is not one of the six", where, ""};
    if (task.truncation == TruncationRule::benchmark)
      return Error{ErrorKind::invalid_input,
                   "the truncation of " + task.id + " is not middle, head, tail or fail", where,
                   ""};
    if (!(task.repetition_penalty > 0))
      return Error{ErrorKind::invalid_input,
                   "the repetition_penalty of " + task.id + " is not above 0", where, ""};
  }
  return Status(
      complete_parameters(benchmark.parameters, json::object())
          ? Status()
          : Status(Error{ErrorKind::invalid_input, "a default is outside its range", where, ""}));
}

template <typename T>
const T* find_id(const std::vector<T>& list, const std::string& id) {
  for (const T& item : list)
    if (item.id == id) return &item;
  return nullptr;
}

Status check_suite(const SuiteDescription& suite, const Catalog& catalog, const fs::path& file) {
  for (const SuiteEntry& entry : suite.entries) {
    const BenchmarkDescription* benchmark = catalog.benchmark(entry.benchmark);
    if (!benchmark)
      return Error{ErrorKind::invalid_input, "there is no benchmark \"" + entry.benchmark + "\"",
                   file.string(), ""};
    for (const std::string& task : entry.tasks)
      if (!benchmark->task(task))
        return Error{ErrorKind::invalid_input, entry.benchmark + " has no task \"" + task + "\"",
                     file.string(), ""};
    if (auto complete = complete_parameters(benchmark->parameters, entry.parameters); !complete)
      return Error{ErrorKind::invalid_input, entry.benchmark + ": " + complete.error().message,
                   file.string(), ""};
    for (const SuiteFiles& own : entry.own)
      if (own.path.empty() || own.path.front() == '/' || own.path.find("..") != std::string::npos)
        return Error{ErrorKind::invalid_input,
                     "\"" + own.path + "\" leads out of the suite's folder", file.string(), ""};
  }
  return {};
}

}  // namespace

const TaskDescription* BenchmarkDescription::task(const std::string& task_id) const {
  return find_id(tasks, task_id);
}
bool BenchmarkDescription::has_length(const TaskDescription& task, size_t length) const {
  const auto& there = !task.lengths.empty() || generated ? task.lengths : lengths;
  return length == 0 || there.empty() ||
         std::find(there.begin(), there.end(), length) != there.end();
}
const BenchmarkDescription* Catalog::benchmark(const std::string& id) const {
  return find_id(benchmarks, id);
}
const SuiteDescription* Catalog::suite(const std::string& id) const {
  return find_id(suites, id);
}
const MethodDescription* Catalog::server(const std::string& id) const {
  return find_id(servers, id);
}
const MethodDescription* Catalog::augmentation(const std::string& id) const {
  return find_id(augmentations, id);
}

const Error* Catalog::problem_with(const std::string& id) const {
  const std::string file = "/" + id + ".json";
  for (const Error& problem : problems)
    if (const size_t at = problem.where.rfind(file);
        at != std::string::npos &&
        (at + file.size() == problem.where.size() || problem.where[at + file.size()] == ':'))
      return &problem;
  return nullptr;
}

Error no_benchmark(const Catalog& catalog, const std::string& id, const std::string& where) {
  if (const Error* problem = catalog.problem_with(id)) return *problem;
  return {ErrorKind::not_found, "there is no benchmark \"" + id + "\"", where,
          "loomscope-cli benchmarks ls lists them"};
}

void sort_by_capability(std::vector<BenchmarkDescription>& benchmarks) {
  auto rank = [](const BenchmarkDescription& benchmark) {
    return std::find(kCapabilities.begin(), kCapabilities.end(), benchmark.capability) -
           kCapabilities.begin();
  };
  std::stable_sort(benchmarks.begin(), benchmarks.end(), [&](const auto& a, const auto& b) {
    return rank(a) != rank(b) ? rank(a) < rank(b) : a.title < b.title;
  });
}

Result<Catalog> load_catalog(const fs::path& registry, const fs::path& custom_folder) {
  Catalog catalog;
  LOOM_CHECK(read_folder(registry / "benchmarks", benchmark_from, catalog.benchmarks));
  LOOM_CHECK(read_folder(registry / "servers", method_from, catalog.servers));
  LOOM_CHECK(read_folder(registry / "augmentations", method_from, catalog.augmentations));
  LOOM_CHECK(read_folder(registry / "models", architecture_from, catalog.architectures));
  LOOM_CHECK(read_folder(registry / "suites", suite_from, catalog.suites));
  for (const auto& benchmark : catalog.benchmarks)
    LOOM_CHECK(check_benchmark(benchmark, registry / "benchmarks" / (benchmark.id + ".json")));
  for (const SuiteDescription& suite : catalog.suites)
    LOOM_CHECK(check_suite(suite, catalog, registry / "suites" / (suite.id + ".json")));
  sort_by_capability(catalog.benchmarks);
  add_custom_benchmarks(custom_folder, catalog);
  return catalog;
}

Status check_registry_file(const fs::path& file) {
  LOOM_TRY(json root, read_json(file));
  auto reading = [&](auto read) {
    using Value = decltype(read(root));
    return from_file<Value>(file,
                            [&](const json& object) -> Result<Value> { return read(object); });
  };
  if (root.is_object() && (root.contains("columns") || root.contains("folder"))) {
    LOOM_TRY(CustomBenchmark custom, custom_benchmark_from(root, file));
    return {};
  }
  if (root.is_object() && root.contains("tasks")) {
    LOOM_TRY(BenchmarkDescription benchmark, reading(benchmark_from));
    return check_benchmark(benchmark, file);
  }
  if (root.is_object() && root.contains("benchmarks")) {
    LOOM_TRY(SuiteDescription suite, reading(suite_from));
    return {};
  }
  if (root.is_object() && root.contains("model_types")) {
    LOOM_TRY(ArchitectureDescription architecture, reading(architecture_from));
    return {};
  }
  LOOM_TRY(MethodDescription method, reading(method_from));
  if (auto complete = complete_parameters(method.parameters, json::object()); !complete) {
    Error error = complete.error();
    error.where = file.string() + ": " + error.where;
    return error;
  }
  return {};
}

namespace {

bool fits_type(const Parameter& parameter, const json& value) {
  if (parameter.type == "integer") return value.is_number_integer();
  if (parameter.type == "number") return value.is_number();
  if (parameter.type == "boolean") return value.is_boolean();
  if (parameter.type == "text") return value.is_string();
  if (parameter.type == "choice")
    return value.is_string() && std::find(parameter.choices.begin(), parameter.choices.end(),
                                          value.get<std::string>()) != parameter.choices.end();
  if (parameter.type == "integer_list")
    return value.is_array() && std::all_of(value.begin(), value.end(), [](const json& item) {
             return item.is_number_integer();
           });
  return false;
}

std::string listed(const std::vector<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "" : ", ") + name;
  return text;
}

std::vector<std::string> ids_of(const std::vector<Parameter>& form) {
  std::vector<std::string> ids;
  for (const Parameter& parameter : form) ids.push_back(parameter.id);
  return ids;
}

std::string range_text(const Parameter& parameter) {
  auto number = [](double value) {
    const bool whole = std::floor(value) == value && std::abs(value) < 1e15;
    return whole ? std::to_string(static_cast<int64_t>(value)) : json(value).dump();
  };
  std::string text;
  if (parameter.minimum) text = "from " + number(*parameter.minimum);
  if (parameter.maximum) text += (text.empty() ? "up to " : " to ") + number(*parameter.maximum);
  return text;
}

bool in_range(const Parameter& parameter, const json& value) {
  if (value.is_array())
    return std::all_of(value.begin(), value.end(),
                       [&](const json& item) { return in_range(parameter, item); });
  if (!value.is_number()) return true;
  double number = value.get<double>();
  return number >= parameter.minimum.value_or(number) &&
         number <= parameter.maximum.value_or(number);
}

}  // namespace

Result<json> complete_parameters(const std::vector<Parameter>& form, const json& values) {
  json complete = json::object();
  for (const Parameter& parameter : form) {
    json value = values.is_object() && values.contains(parameter.id) ? values[parameter.id]
                                                                     : parameter.default_value;
    if (!fits_type(parameter, value))
      return Error{ErrorKind::invalid_input,
                   parameter.label + " must be of the type " + parameter.type, parameter.id,
                   parameter.choices.empty() ? "" : "Use " + listed(parameter.choices)};
    if (!in_range(parameter, value))
      return Error{ErrorKind::invalid_input, parameter.label + " is out of range", parameter.id,
                   "Use a value " + range_text(parameter)};
    complete[parameter.id] = std::move(value);
  }
  if (values.is_object())
    for (const auto& [key, value] : values.items())
      if (!complete.contains(key))
        return Error{ErrorKind::invalid_input, "there is no parameter \"" + key + "\"", key,
                     form.empty() ? "Leave it out: there are none here"
                                  : "There are " + listed(ids_of(form))};
  return complete;
}

}  // namespace loom
