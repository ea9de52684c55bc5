// A run as the JSON of `run`, `resume` and results.json.
#include "core/base/error_json.h"
#include "core/evaluation/mean_rules.h"
#include "core/evaluation/missing_samples.h"
#include "core/evaluation/summary_json.h"
#include "core/export/columns_json.h"
#include "core/export/exported_run.h"
#include "core/export/secrets.h"

namespace loom {

using nlohmann::json;

std::string prompt_pack_name(const EvaluationPlan& plan) {
  const auto name = plan.prompt_pack.find("prompt_pack");
  const bool named = name != plan.prompt_pack.end() && name->is_string();
  return named ? name->get<std::string>() : std::string();
}

json prompt_pack_or_null(const EvaluationPlan& plan) {
  const std::string name = prompt_pack_name(plan);
  return name.empty() ? json() : json(name);
}

json official_or_null(const Job& job) {
  return job.official_samples > 0 ? json(job.official_samples) : json();
}

namespace {

json rate(size_t tokens, double seconds) {
  return seconds > 0 ? json(static_cast<double>(tokens) / seconds) : json();
}

json job_json(const JobSummary& job) {
  json row = {{"benchmark", job.job.benchmark_id},
              {"task", job.job.task},
              {"capability", job.job.capability},
              {"metric", job.job.metric},
              // Of a judge's rubric; else the scores name their versions.
              {"metric_version", job.job.judge_version > 0 ? json(job.job.judge_version) : json()},
              {"model", job.model_name},
              {"server", job.server},
              {"augmentation", job.augmentation},
              {"length", job.job.length_tokens > 0 ? json(job.job.length_tokens) : json()},
              {"planned", job.planned},
              {"lower_is_better", job.lower_is_better},
              {"score_untruncated", or_null(job.score_untruncated)},
              {"score_missing_wrong", or_null(score_with_missing_wrong(job))},
              {"official_samples", official_or_null(job.job)},
              {"fewer_than_official", job.fewer_than_official},
              {"cancelled", job.cancelled},
              {"remembered", job.remembered},
              {"seconds", job.wall_s},
              {"timings", timings_json(job.timings)},
              {"tokens_prefilled", job.tokens_prefilled},
              {"tokens_reused", job.tokens_reused},
              {"tokens_generated", job.tokens_generated},
              {"prefill_tokens_per_s", rate(job.tokens_prefilled, job.timings.prefill_new_s)},
              {"decode_tokens_per_s", rate(job.tokens_generated, job.timings.decode_s)},
              {"peak_memory_bytes", job.peak_memory_bytes}};
  row.update(numbers_json(job));
  if (job.interval.empty()) row["interval"] = json();
  return row;
}

json sums_json(const RunRow& row, const RunSummary& summary) {
  Timings sum;
  for (const JobSummary& job : summary.jobs) {
    sum.tokenise_s += job.timings.tokenise_s;
    sum.prefill_new_s += job.timings.prefill_new_s;
    sum.prefill_reused_s += job.timings.prefill_reused_s;
    sum.decode_s += job.timings.decode_s;
  }
  json sums = timings_json(sum);
  sums["seconds"] = row.wall_s;
  sums["device_seconds"] = device_seconds(summary.jobs);
  return sums;
}

json device_json(const Provenance& provenance) {
  if (provenance.devices.empty()) return {};
  const DeviceRecord& device = provenance.devices.front();
  return {{"name", device.name},
          {"kind", device.kind},
          {"memory_bytes", device.memory_bytes},
          {"program_version", device.program_version},
          {"torch_version", device.torch_version},
          {"kernel_version", device.kernel_version}};
}

Result<json> failures_json(const RunQueries& queries, int64_t run) {
  constexpr size_t kMostReasons = 20;
  LOOM_TRY(const auto failures, queries.failures(run, kMostReasons));
  json list = json::array();
  for (const FailureReason& failure : failures) {
    list.push_back(error_json(failure.reason));
    list.back()["samples"] = failure.samples;
  }
  return list;
}

// What was told while the run was at work: data read, engines started again, memory given up.
json events_json(const Provenance& provenance) {
  json events = json::array();
  for (const EventRow& event : provenance.events)
    events.push_back({{"time", event.time}, {"kind", event.kind}, {"text", event.text}});
  return events;
}

}  // namespace

// "averages" are those of the first column; a run of several models has the others in "columns".
Result<json> results_json(const RunQueries& queries, int64_t run) {
  LOOM_TRY(RunRow row, queries.run(run));
  LOOM_TRY(RunSummary summary, queries.summary(run));
  LOOM_TRY(Provenance provenance, queries.provenance(run));
  LOOM_TRY(const auto verdicts, queries.judged(run));
  json judged = json::array();
  for (const JudgedJob& job : verdicts) {
    judged.push_back(judged_json(job.judged));
    judged.back()["is_the_score"] = job.stands;
  }
  LOOM_TRY(const json failures, failures_json(queries, run));
  json jobs = json::array();
  for (const JobSummary& job : summary.jobs) jobs.push_back(job_json(job));
  json results = {
      {"format", 1},
      {"run", run},
      {"name", row.name},
      {"created", row.created},
      {"state", to_string(row.state)},
      {"plan_fingerprint", provenance.fingerprint},
      {"plan", to_json(provenance.plan)},
      {"rule_set", provenance.plan.rule_set},
      {"prompt_pack", prompt_pack_or_null(provenance.plan)},
      {"mean_rule", to_string(default_mean_rule(provenance.plan.rule_set))},
      {"jobs", jobs},
      {"failures", failures},
      {"judged", judged},
      {"columns", columns_json(summary)},
      {"averages", summary.columns.empty() ? json() : averages_json(summary, summary.columns[0])},
      {"timings", sums_json(row, summary)},
      {"models", provenance.models},
      {"device", device_json(provenance)},
      {"events", events_json(provenance)}};
  return without_secrets(results);
}

}  // namespace loom
