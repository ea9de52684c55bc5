// The files of lm-evaluation-harness: one folder per model with results_TIME.json and one
// samples_TASK_TIME.jsonl per task. Its scores are fractions, ours percent.
#include <algorithm>
#include <cmath>

#include "core/base/hash.h"
#include "core/base/text_file.h"
#include "core/evaluation/missing_samples.h"
#include "core/evaluation/summary_json.h"
#include "core/export/exported_run.h"
#include "core/export/secrets.h"

namespace loom {
namespace {

using nlohmann::json;
namespace fs = std::filesystem;

std::string time_of(const RunRow& row) {
  std::string time = row.created;
  std::replace(time.begin(), time.end(), ':', '-');
  if (time.ends_with('Z')) time.pop_back();
  return file_name_of(time);  // of a run that came as a file it may be any text
}

json generation_json(const DecodingSettings& decoding) {
  return {{"do_sample", decoding.temperature > 0},
          {"temperature", decoding.temperature},
          {"top_k", decoding.top_k},
          {"top_p", decoding.top_p},
          {"min_p", decoding.min_p}};
}

json sample_line(const SampleRow& row, const Sample& sample, const DecodingSettings& decoding) {
  json target = sample.references;
  json doc = {{"id", sample.record_id}, {"metadata", sample.metadata}};
  json line = {
      {"doc_id", row.index},
      {"doc", doc},
      {"target", target},
      {"arguments",
       {{"gen_args_0", {{"arg_0", sample.prompt.text}, {"arg_1", generation_json(decoding)}}}}},
      {"resps", json::array({json::array({sample.result.text})})},
      {"filtered_resps", json::array({sample.result.text})},
      {"filter", "none"},
      {"doc_hash", sha256(json_text(doc))},
      {"prompt_hash", sha256(sample.prompt.text)},
      {"target_hash", sha256(json_text(target))},
      {"metrics", json::array()}};
  if (sample.score) {
    line["metrics"].push_back(sample.score->metric);
    line[sample.score->metric] = or_null(as_measured(*sample.score));
  }
  return without_secrets(line);
}

// Standard error of the mean, as the harness writes it; "N/A" for fewer than two values.
json standard_error(const std::vector<double>& values) {
  if (values.size() < 2) return "N/A";
  double count = static_cast<double>(values.size()), mean = 0, square = 0;
  for (double value : values) mean += value / count;
  for (double value : values) square += (value - mean) * (value - mean);
  return std::sqrt(square / (count - 1) / count);
}

// How many samples of a task the plan asks for.
json limit_or_null(const ExportedRun& run, const Job& job) {
  const auto& benchmarks = run.provenance.plan.benchmarks;
  const auto place = static_cast<size_t>(job.benchmark);
  const size_t samples = place < benchmarks.size() ? benchmarks[place].samples : 0;
  return samples > 0 ? json(samples) : json();
}

// The harness has one limit for all tasks: null where they differ, beside their own.
json limit_of_all(const ExportedRun& run, const RunColumn& column) {
  json limit;
  for (size_t i = 0; i < column.jobs.size(); ++i) {
    const JobSummary& job = run.summary.jobs.at(static_cast<size_t>(column.jobs[i]));
    const json own = limit_or_null(run, job.job);
    if (i > 0 && own != limit) return nullptr;
    limit = own;
  }
  return limit;
}

struct LmEvalWriter {
  const RunQueries& queries;
  const ExportedRun& run;
  fs::path folder;
  std::vector<fs::path> files;

  // Writes the task's samples and enters it into the results.
  Status add_task(const JobSummary& summary, json& results) {
    const Job& job = summary.job;
    std::string task = task_name_of(job), lines;
    std::vector<double> values;
    json failed = json::array();
    const std::string file = file_name_of(task) + "_" + time_of(run.row);
    LOOM_CHECK(visit_samples(
        queries, run.id, {.jobs = {job.index}},
        [&](const SampleRow& row, const Sample& sample) -> Status {
          if (sample.state == SampleState::failed) failed.push_back(failed_sample(job, sample));
          if (sample.state != SampleState::done) return {};
          if (sample.score && sample.score->value) values.push_back(*as_measured(*sample.score));
          lines += json_text(sample_line(row, sample, run.provenance.plan.decoding)) + '\n';
          return {};
        }));
    files.push_back(folder / ("samples_" + file + ".jsonl"));
    LOOM_CHECK(write_file(files.back(), lines));
    // Apart: the harness would take a record without an answer for an empty answer.
    if (!failed.empty()) {
      files.push_back(folder / ("failed_" + file + ".json"));
      LOOM_CHECK(write_file(files.back(), json_text(failed, 2) + "\n"));
    }
    const auto share = [&](const std::optional<double>& score) {
      return score ? json(*score / (summary.lower_is_better ? 1 : 100)) : json();
    };
    results["results"][task] = {{"alias", task},
                                {job.metric + ",none", share(summary.score)},
                                {job.metric + "_stderr,none", standard_error(values)}};
    results["configs"][task] = {
        {"task", task},
        {"tag", job.benchmark_id},
        {"output_type", "generate_until"},
        {"num_fewshot", 0},
        {"repeats", 1},
        {"metric_list",
         {{{"metric", job.metric},
           {"aggregation", "mean"},
           {"higher_is_better", !summary.lower_is_better}}}},
        {"metadata",
         {{"length", job.length_tokens},
          {"limit", limit_or_null(run, job)},
          {"rule_set", run.provenance.plan.rule_set},
          {"prompt_pack", prompt_pack_or_null(run.provenance.plan)},
          {"official_samples", official_or_null(job)},
          {"fewer_than_official", summary.fewer_than_official},
          {"truncated", summary.truncated},
          {"failed", summary.failed},
          {"unparsed", summary.unparsed},
          {"score_untruncated", share(summary.score_untruncated)},
          {"score_missing_wrong", share(score_with_missing_wrong(summary))}}}};
    results["n-shot"][task] = 0;
    results["higher_is_better"][task] = {{job.metric, !summary.lower_is_better}};
    const size_t original = job.official_samples > 0 ? job.official_samples : summary.planned;
    results["n-samples"][task] = {{"original", original}, {"effective", summary.scored}};
    results["group_subtasks"][job.benchmark_id].push_back(task);
    return {};
  }
};

json head_of(const ExportedRun& run, const RunColumn& column, const JobSummary& first) {
  const EvaluationPlan& plan = run.provenance.plan;
  std::string path = plan.models.at(static_cast<size_t>(first.job.model)).path;
  double seconds = 0;  // on the clock: jobs beside each other count once
  std::vector<BusyTime> busy;
  for (int index : column.jobs) {
    const JobSummary& job = run.summary.jobs.at(static_cast<size_t>(index));
    if (job.busy.empty()) seconds += job.wall_s;
    busy.insert(busy.end(), job.busy.begin(), job.busy.end());
  }
  seconds += wall_seconds(busy);
  json empty = json::object();
  return {{"results", empty},
          {"groups", empty},
          {"group_subtasks", empty},
          {"configs", empty},
          {"versions", empty},
          {"n-shot", empty},
          {"higher_is_better", empty},
          {"n-samples", empty},
          {"config",
           {{"model", "loomscope"},
            {"model_args", "pretrained=" + path},
            {"batch_size", 1},
            {"device", plan.devices.empty() ? "cpu" : plan.devices.front()},
            {"limit", limit_of_all(run, column)},
            {"gen_kwargs", generation_json(plan.decoding)},
            {"random_seed", plan.seed}}},
          {"date", run.row.created},
          {"model_source", "loomscope"},
          {"model_name", first.model_name},
          {"model_name_sanitized", file_name_of(first.model_name)},
          {"max_length", plan.max_length},
          {"plan_fingerprint", run.provenance.fingerprint},
          {"total_evaluation_time_seconds", std::to_string(seconds)}};
}

}  // namespace

Result<std::vector<fs::path>> write_lm_eval(const RunQueries& queries, int64_t id,
                                            const fs::path& folder) {
  LOOM_TRY(ExportedRun run, exported_run(queries, id));
  LmEvalWriter writer{queries, run, {}, {}};
  for (const RunColumn& column : run.summary.columns) {
    if (column.jobs.empty()) continue;
    writer.folder = folder / file_name_of(column.label);
    LOOM_CHECK(make_folder(writer.folder));
    const auto& jobs = run.summary.jobs;
    json results = head_of(run, column, jobs.at(static_cast<size_t>(column.jobs.front())));
    for (int index : column.jobs)
      LOOM_CHECK(writer.add_task(jobs.at(static_cast<size_t>(index)), results));
    writer.files.push_back(writer.folder / ("results_" + time_of(run.row) + ".json"));
    LOOM_CHECK(write_file(writer.files.back(), json_text(without_secrets(results), 2) + "\n"));
  }
  return writer.files;
}

}  // namespace loom
