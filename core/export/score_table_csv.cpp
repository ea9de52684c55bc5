// One row per task, length and model, with every number whole.
#include "core/evaluation/missing_samples.h"
#include "core/export/run_export.h"
#include "core/report/csv_text.h"

namespace loom {
namespace {

std::string number(const std::optional<double>& value) {
  return value ? nlohmann::json(*value).dump() : "";
}

}  // namespace

std::string score_table_csv(const RunSummary& run, const std::string& rule_set,
                            const std::string& prompt_pack) {
  std::string csv =
      "model,server,augmentation,benchmark,task,capability,length,n,score,low,high,failed,"
      "truncated,unparsed,seconds,metric,lower_is_better,metric_version,official_samples,"
      "fewer_than_official,score_untruncated,score_missing_wrong,rule_set,prompt_pack\r\n";
  for (const JobSummary& job : run.jobs) {
    csv += csv_field(job.model_name) + ',' + csv_field(job.server) + ',' +
           csv_field(job.augmentation) + ',' + csv_field(job.job.benchmark_id) + ',' +
           csv_field(job.job.task) + ',' + csv_field(job.job.capability) + ',';
    csv += (job.job.length_tokens > 0 ? std::to_string(job.job.length_tokens) : "") + ',' +
           std::to_string(job.scored) + ',' + number(job.score) + ',' + number(job.low) + ',' +
           number(job.high) + ',';
    csv += std::to_string(job.failed) + ',' + std::to_string(job.truncated) + ',' +
           std::to_string(job.unparsed) + ',' + number(job.wall_s) + ',' +
           csv_field(job.job.metric) + (job.lower_is_better ? ",1," : ",0,") +
           (job.job.judge_version > 0 ? std::to_string(job.job.judge_version) : "") + ',' +
           (job.job.official_samples > 0 ? std::to_string(job.job.official_samples) : "") +
           (job.fewer_than_official ? ",1," : ",0,") + number(job.score_untruncated) + ',' +
           number(score_with_missing_wrong(job)) + ',' + csv_field(rule_set) + ',' +
           csv_field(prompt_pack) + "\r\n";
  }
  return csv;
}

}  // namespace loom
