// Every sample of a run on a line of JSON: what was asked, answered and scored.
#include <algorithm>
#include <fstream>

#include "core/base/error_json.h"
#include "core/export/exported_run.h"
#include "core/export/secrets.h"

namespace loom {
namespace {

using nlohmann::json;

json score_json(const SampleScore& score) {
  return {{"metric", score.metric},
          {"metric_version", score.metric_version},
          {"value", score.value ? json(*score.value * 100) : json()},
          {"parsed", score.parsed},
          {"rule", score.rule},
          {"parts", score.parts}};
}

json judgements_json(const std::vector<SampleScore>& scores) {
  json judgements = json::array();
  for (const SampleScore& score : scores)
    if (score.metric.starts_with(kJudgeMetric)) judgements.push_back(score_json(score));
  return judgements;
}

json sample_json(const Sample& sample, const SampleRow& row, const JobSummary& summary,
                 const EvaluationPlan& plan, const std::vector<SampleScore>& scores) {
  const Job& job = summary.job;
  const GenerationResult& result = sample.result;
  json line = {{"benchmark", job.benchmark_id},
               {"task", job.task},
               {"length", row.length_tokens > 0 ? json(row.length_tokens) : json()},
               {"job", row.job},
               {"index", row.index},
               {"fewer_than_official", summary.fewer_than_official},
               {"rule_set", plan.rule_set},
               {"prompt_pack", prompt_pack_or_null(plan)},
               {"id", sample.record_id},
               {"identity", sample.identity},
               {"state", to_string(sample.state)},
               {"prompt", sample.prompt.text},
               {"references", sample.references},
               {"metadata", sample.metadata},
               {"prompt_tokens", row.prompt_tokens}};
  const Truncation& cut = sample.prompt.truncation;
  line["truncation"] = {{"cut", cut.cut},
                        {"intended_tokens", cut.intended_tokens},
                        {"sent_tokens", cut.sent_tokens},
                        {"cut_begin", cut.cut_begin},
                        {"cut_end", cut.cut_end},
                        {"evidence_lost", cut.evidence_lost}};
  if (cut.cut && sample.metadata.is_object())
    line["truncation"]["rule"] = sample.metadata.value("truncation_rule", json());
  if (sample.state == SampleState::done) {
    line["prediction"] = result.text;
    line["prediction_ids"] = result.ids;
    line["finish_reason"] = to_string(result.finish_reason);
    line["tokens_prefilled"] = result.tokens_prefilled;
    line["tokens_reused"] = result.tokens_reused;
    line["remembered"] = result.remembered;
    line["timings"] = timings_json(result.timings);
  }
  if (sample.score) line["score"] = score_json(*sample.score);
  if (json judgements = judgements_json(scores); !judgements.empty())
    line["judgements"] = std::move(judgements);
  if (sample.error) line["error"] = error_json(*sample.error);
  return without_secrets(line);
}

Status write_lines(const RunQueries& queries, int64_t run, std::ofstream& out,
                   const WorkControl& control) {
  LOOM_TRY(RunSummary summary, queries.summary(run));
  LOOM_TRY(RunRow row_of_run, queries.run(run));
  LOOM_TRY(const Provenance provenance, queries.provenance(run));
  const double samples = static_cast<double>(std::max<size_t>(row_of_run.samples_done, 1));
  double written = 0;
  return visit_samples(queries, run, {}, [&](const SampleRow& row, const Sample& sample) -> Status {
    const JobSummary& job = summary.jobs.at(static_cast<size_t>(row.job));
    LOOM_TRY(const auto scores, queries.scores(row.id));
    out << json_text(sample_json(sample, row, job, provenance.plan, scores)) << '\n';
    return control.at(std::min(++written / samples, 1.0));
  });
}

}  // namespace

// Written page by page: a run may hold more text than memory.
Status write_samples_jsonl(const RunQueries& queries, int64_t run,
                           const std::filesystem::path& file, const WorkControl& control) {
  auto partial = file;
  partial += ".part";
  std::ofstream out(partial, std::ios::binary | std::ios::trunc);
  Status written = write_lines(queries, run, out, control);
  out.close();
  std::error_code failed;
  if (written && out) std::filesystem::rename(partial, file, failed);
  if (written && out && !failed) return {};
  std::filesystem::remove(partial, failed);
  if (!written) return written;
  return Error{ErrorKind::io, "the samples cannot be written", file.string(),
               "Check the folder's free space and permissions"};
}

}  // namespace loom
