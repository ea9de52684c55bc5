#include "core/export/exported_run.h"

#include <cctype>

#include "core/base/error_json.h"
#include "core/export/secrets.h"
#include "core/metrics/metric.h"

namespace loom {
namespace {
constexpr size_t kPage = 200;
}

std::optional<double> as_measured(const SampleScore& score) {
  if (!score.value || !lower_is_better(score.metric)) return score.value;
  return *score.value * 100;
}

nlohmann::json timings_json(const Timings& timings) {
  return {{"tokenise_s", timings.tokenise_s},
          {"prefill_new_s", timings.prefill_new_s},
          {"prefill_reused_s", timings.prefill_reused_s},
          {"decode_s", timings.decode_s}};
}

Result<ExportedRun> exported_run(const RunQueries& queries, int64_t run) {
  ExportedRun exported;
  exported.id = run;
  LOOM_TRY(exported.row, queries.run(run));
  LOOM_TRY(exported.summary, queries.summary(run));
  LOOM_TRY(exported.provenance, queries.provenance(run));
  return exported;
}

Status visit_samples(const RunQueries& queries, int64_t run, const SampleFilter& filter,
                     const std::function<Status(const SampleRow&, const Sample&)>& visit) {
  int64_t after = 0;
  for (;;) {
    LOOM_TRY(auto rows, queries.samples(run, filter, after, kPage));
    if (rows.empty()) return {};
    after = rows.back().id;
    for (const SampleRow& row : rows) {
      LOOM_TRY(Sample sample, queries.sample(row.id));
      LOOM_CHECK(visit(row, sample));
    }
  }
}

nlohmann::json failed_sample(const Job& job, const Sample& sample) {
  const Error unknown{ErrorKind::io, "no reason is known", "", ""};
  return without_secrets(nlohmann::json{{"benchmark", job.benchmark_id},
                                        {"task", job.task},
                                        {"length", job.length_tokens},
                                        {"id", sample.record_id},
                                        {"error", error_json(sample.error.value_or(unknown))}});
}

std::string file_name_of(const std::string& text) {
  std::string name;
  for (char c : text) {
    if (c == '/') {
      name += "__";
    } else {
      bool plain = std::isalnum(static_cast<unsigned char>(c)) || c == '.' || c == '-' || c == '_';
      name += plain ? c : '_';
    }
  }
  // A name of dots would be another folder.
  return name.find_first_not_of('.') == std::string::npos ? "_" + name : name;
}

std::string task_name_of(const Job& job) {
  std::string name = job.benchmark_id + "_" + job.task;
  return job.length_tokens > 0 ? name + "_" + std::to_string(job.length_tokens) : name;
}

Status make_folder(const std::filesystem::path& folder) {
  std::error_code failed;
  std::filesystem::create_directories(folder, failed);
  if (!failed) return {};
  return Error{ErrorKind::io, "the folder cannot be made: " + failed.message(), folder.string(),
               "Choose another folder"};
}

}  // namespace loom
