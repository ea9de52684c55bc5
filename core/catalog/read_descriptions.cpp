#include "core/catalog/read_descriptions.h"

namespace loom {
namespace {

using nlohmann::json;

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
  return {object.value("metric", ""),        object.value("metric_parameters", json::object()),
          object.value("references", ""),    object.value("reason", ""),
          object.value("max_new_tokens", 0), object.value("official_samples", size_t{0})};
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
  // A name that is none of the rules is refused by check_description.
  task.truncation = truncation_rule_from(object.value("truncation", "middle"))
                        .value_or(TruncationRule::benchmark);
  task.repetition_penalty = object.value("repetition_penalty", 1.0);
  task.official_samples = object.value("official_samples", size_t{0});
  task.first_samples = object.value("first_samples", false);
  for (const json& from : object.value("official_samples_from", json::array()))
    task.official_samples_from[from.at("length").get<size_t>()] = from.at("samples").get<size_t>();
  const json choices = object.value("official_samples_of", json::object());
  for (const auto& [choice, cells] : choices.items()) {
    auto& numbers = task.official_samples_of[choice];  // none: they are not known
    for (const json& cell : cells)
      numbers[cell.at("length").get<size_t>()] = cell.at("samples").get<size_t>();
  }
  task.lengths = object.value("lengths", std::vector<size_t>{});
  task.capability = object.value("capability", "");
  task.group = object.value("group", "");
  if (const auto rules = object.find("rules"); rules != object.end())
    for (const auto& [set, rule] : rules->items()) task.rules[set] = rule_from(rule);
  return task;
}

}  // namespace

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

}  // namespace loom
