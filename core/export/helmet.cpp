// The files of HELMET: one JSON per task with args, data, metrics and averages, and a .score file
// with the averages alone. Averages are percent, apart from lengths.
#include <cstdio>

#include "core/base/text_file.h"
#include "core/evaluation/missing_samples.h"
#include "core/evaluation/summary_json.h"
#include "core/export/exported_run.h"
#include "core/export/secrets.h"
#include "core/metrics/metric.h"

namespace loom {
namespace {

using nlohmann::json;
namespace fs = std::filesystem;

std::string decimal(double value) {
  char text[32];
  std::snprintf(text, sizeof text, "%g", value);
  return text;
}

bool uses_chat(const EvaluationPlan& plan, const Job& job) {
  return plan.models.at(static_cast<size_t>(job.model)).chat_template != "none";
}

std::string stem_of(const JobSummary& summary, const std::string& tag, const EvaluationPlan& plan) {
  const Job& job = summary.job;
  bool sampled = plan.decoding.temperature > 0;
  return file_name_of(
      job.benchmark_id + "_" + tag + "_" + job.task + "_in" + std::to_string(job.length_tokens) +
      "_size" + std::to_string(summary.planned) + "_shots0_samp" + (sampled ? "True" : "False") +
      "max0min0t" + decimal(plan.decoding.temperature) + "p" + decimal(plan.decoding.top_p) +
      "_chat" + (uses_chat(plan, job) ? "True" : "False") + "_" + std::to_string(plan.seed));
}

json arguments_of(const JobSummary& summary, const EvaluationPlan& plan) {
  return {{"datasets", summary.job.benchmark_id},
          {"test_files", summary.job.task},
          {"model_name_or_path", plan.models.at(static_cast<size_t>(summary.job.model)).path},
          {"input_max_length", summary.job.length_tokens},
          {"max_test_samples", summary.planned},
          {"official_samples", official_or_null(summary.job)},
          {"fewer_than_official", summary.fewer_than_official},
          {"rule_set", plan.rule_set},
          {"prompt_pack", prompt_pack_or_null(plan)},
          {"truncated", summary.truncated},
          {"failed", summary.failed},
          {"unparsed", summary.unparsed},
          {"score_untruncated", or_null(summary.score_untruncated)},
          {"score_missing_wrong", or_null(score_with_missing_wrong(summary))},
          {"shots", 0},
          {"seed", plan.seed},
          {"temperature", plan.decoding.temperature},
          {"top_p", plan.decoding.top_p},
          {"do_sample", plan.decoding.temperature > 0},
          {"use_chat_template", uses_chat(plan, summary.job)}};
}

struct TaskFile {
  json data = json::array(), lists = json::object(), averages = json::object();
  json failed = json::array();  // beside the data, whose records all have answers

  void add(const Sample& sample, size_t prompt_tokens) {
    json row = {{"id", sample.record_id},       {"input", sample.prompt.text},
                {"output", sample.result.text}, {"answer", sample.references},
                {"input_len", prompt_tokens},   {"output_len", sample.result.ids.size()}};
    if (sample.score) {
      json value = or_null(as_measured(*sample.score));
      row[sample.score->metric] = value;
      row["parsed_output"] = sample.score->parsed;
      if (!value.is_null()) lists[sample.score->metric].push_back(value);
    }
    lists["input_len"].push_back(prompt_tokens);
    lists["output_len"].push_back(sample.result.ids.size());
    data.push_back(row);
  }
  void average() {
    for (const auto& [name, values] : lists.items()) {
      double sum = 0;
      for (const auto& value : values) sum += value.get<double>();
      double mean = sum / static_cast<double>(values.size());
      averages[name] = name.ends_with("_len") || lower_is_better(name) ? mean : mean * 100;
    }
  }
};

}  // namespace

Result<std::vector<fs::path>> write_helmet(const RunQueries& queries, int64_t id,
                                           const fs::path& folder) {
  LOOM_TRY(ExportedRun run, exported_run(queries, id));
  const EvaluationPlan& plan = run.provenance.plan;
  LOOM_CHECK(make_folder(folder));
  std::vector<fs::path> files;
  for (const RunColumn& column : run.summary.columns)
    for (int index : column.jobs) {
      const JobSummary& summary = run.summary.jobs.at(static_cast<size_t>(index));
      TaskFile task;
      LOOM_CHECK(visit_samples(queries, id, {.jobs = {summary.job.index}},
                               [&](const SampleRow& row, const Sample& sample) -> Status {
                                 if (sample.state == SampleState::done)
                                   task.add(sample, row.prompt_tokens);
                                 if (sample.state == SampleState::failed)
                                   task.failed.push_back(failed_sample(summary.job, sample));
                                 return {};
                               }));
      task.average();
      double rate = static_cast<double>(task.data.size()) / summary.wall_s;
      json file = {{"args", arguments_of(summary, plan)},
                   {"data", task.data},
                   {"failed", task.failed},
                   {"metrics", task.lists},
                   {"averaged_metrics", task.averages},
                   {"throughput", summary.wall_s > 0 ? json(rate) : json()},
                   {"memory_usage", summary.peak_memory_bytes}};
      fs::path path = folder / (stem_of(summary, column.label, plan) + ".json");
      LOOM_CHECK(write_file(path, json_text(without_secrets(file), 4) + "\n"));
      files.push_back(path);
      path += ".score";
      LOOM_CHECK(write_file(path, json_text(task.averages, 4) + "\n"));
      files.push_back(path);
    }
  return files;
}

}  // namespace loom
