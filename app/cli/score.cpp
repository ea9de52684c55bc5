// Scores predictions made elsewhere, or the stored answers of a run again.
#include <algorithm>
#include <fstream>
#include <iostream>

#include "app/cli/session.h"
#include "app/cli/verbs.h"
#include "core/export/run_export.h"
#include "core/metrics/metric.h"
#include "core/statistics/intervals.h"

namespace loom::cli {
namespace {

struct Answer {
  std::string id, prediction;
  std::vector<std::string> references;
};

std::vector<std::string> texts_of(const nlohmann::json& value) {
  if (value.is_string()) return {value.get<std::string>()};
  if (value.is_number()) return {value.dump()};
  std::vector<std::string> texts;
  if (value.is_array())
    for (const auto& item : value)
      texts.push_back(item.is_string() ? item.get<std::string>() : item.dump());
  return texts;
}

Result<Answer> answer_of(const nlohmann::json& record, const std::string& where, size_t line) {
  static const char* kPredictions[] = {"pred", "prediction", "response", "output", "model_output"};
  static const char* kReferences[] = {"outputs",   "answers", "references",
                                      "reference", "answer",  "target"};
  static const char* kIds[] = {"id", "_id", "index"};
  Answer answer;
  answer.id = std::to_string(line);
  bool found = false;
  for (const char* key : kIds)
    if (auto at = record.find(key); at != record.end()) {
      answer.id = at->is_string() ? at->get<std::string>() : at->dump();
      break;
    }
  for (const char* key : kPredictions)
    if (auto at = record.find(key); at != record.end() && at->is_string() && !found) {
      answer.prediction = at->get<std::string>();
      found = true;
    }
  if (!found)
    return Error{ErrorKind::invalid_input, "the record has no prediction", where,
                 "Name the field pred, prediction or response"};
  for (const char* key : kReferences)
    if (auto at = record.find(key); at != record.end() && answer.references.empty())
      answer.references = texts_of(*at);
  return answer;
}

Result<std::vector<Answer>> read_answers(const std::string& file) {
  std::ifstream in(file);
  if (!in) return Error{ErrorKind::not_found, "cannot be read", file, ""};
  std::vector<Answer> answers;
  size_t number = 0;
  for (std::string line; std::getline(in, line);) {
    ++number;
    if (line.find_first_not_of(" \t\r") == std::string::npos) continue;
    std::string where = file + ":" + std::to_string(number);
    auto record = nlohmann::json::parse(line, nullptr, false);
    if (!record.is_object()) return Error{ErrorKind::corrupt, "is not a JSON object", where, ""};
    LOOM_TRY(Answer answer, answer_of(record, where, number));
    answers.push_back(std::move(answer));
  }
  return answers;
}

// References of another file, by id.
Status add_references(const std::string& file, std::vector<Answer>& answers) {
  std::ifstream in(file);
  if (!in) return Error{ErrorKind::not_found, "cannot be read", file, ""};
  size_t number = 0;
  for (std::string line; std::getline(in, line);) {
    ++number;
    if (line.find_first_not_of(" \t\r") == std::string::npos) continue;
    auto record = nlohmann::json::parse(line, nullptr, false);
    if (!record.is_object())
      return Error{ErrorKind::corrupt, "is not a JSON object", file + ":" + std::to_string(number),
                   ""};
    record["pred"] = "";
    LOOM_TRY(Answer reference, answer_of(record, file + ":" + std::to_string(number), number));
    for (Answer& answer : answers)
      if (answer.id == reference.id) answer.references = reference.references;
  }
  return {};
}

nlohmann::json score_all(const std::vector<Answer>& answers, const TaskDescription& task,
                         const Metric& metric, bool with_samples) {
  nlohmann::json samples = nlohmann::json::array();
  std::vector<double> values;
  size_t unparsed = 0;
  for (const Answer& answer : answers) {
    MetricScore score =
        metric.score({answer.prediction, answer.references, task.metric_parameters});
    if (score.value) {
      values.push_back(*score.value);
    } else {
      ++unparsed;
    }
    if (with_samples)
      samples.push_back(
          {{"id", answer.id},
           {"prediction", answer.prediction},
           {"parsed", score.parsed},
           {"reference", answer.references},
           {"score", score.value ? nlohmann::json(*score.value * 100) : nlohmann::json()}});
  }
  double sum = 0;
  for (double value : values) sum += value;
  nlohmann::json json = {{"metric", metric.id}, {"metric_version", metric.version},
                         {"n", values.size()},  {"unparsed", unparsed},
                         {"scale", 100},        {"parts", nlohmann::json::object()}};
  json["score"] = values.empty() ? nlohmann::json()
                                 : nlohmann::json(sum / static_cast<double>(values.size()) * 100);
  if (with_samples) json["samples"] = samples;
  return json;
}

Result<int> score_run(const Invocation& invocation) {
  LOOM_TRY(auto session, open_session(invocation));
  LOOM_TRY(int64_t run, run_number(invocation.positional.front()));
  LOOM_CHECK(score_again(run, *session->queries, session->environment));
  std::cerr << "Run " << run
            << " is scored with the present metrics; earlier scores stay beside them" << std::endl;
  if (!invocation.has("json")) return kFinished;
  LOOM_TRY(nlohmann::json results, results_json(*session->queries, run));
  print_json(invocation, results);
  return kFinished;
}

}  // namespace

Result<int> score_predictions(const Invocation& invocation) {
  if (!invocation.positional.empty()) return score_run(invocation);
  LOOM_TRY(Catalog catalog, open_catalog());
  std::string benchmark_id = invocation.text("benchmark"), task_id = invocation.text("task");
  const BenchmarkDescription* benchmark = catalog.benchmark(benchmark_id);
  const TaskDescription* task = benchmark ? benchmark->task(task_id) : nullptr;
  if (!task)
    return Error{ErrorKind::invalid_input,
                 "there is no task \"" + benchmark_id + "/" + task_id + "\"", "--benchmark, --task",
                 "loomscope-cli benchmarks ls lists them"};
  if (!invocation.has("predictions"))
    return Error{ErrorKind::invalid_input, "a file of predictions is needed", "--predictions", ""};
  LOOM_TRY(auto answers, read_answers(invocation.text("predictions")));
  if (invocation.has("references"))
    LOOM_CHECK(add_references(invocation.text("references"), answers));
  for (const Answer& answer : answers)
    if (answer.references.empty())
      return Error{ErrorKind::invalid_input, "sample " + answer.id + " has no reference",
                   invocation.text("predictions"), "Give --references FILE with the same ids"};
  LOOM_TRY(const Metric* metric, find_metric(task->metric));
  if (metric->ready) LOOM_CHECK(metric->ready());
  nlohmann::json json = score_all(answers, *task, *metric, invocation.has("samples"));
  json["benchmark"] = benchmark_id;
  json["task"] = task_id;
  print_json(invocation, json);
  return kFinished;
}

}  // namespace loom::cli
