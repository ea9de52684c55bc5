#include "core/execution/sample_preview.h"

#include "core/execution/job_records.h"
#include "core/execution/sample_request.h"

namespace loom {

Result<std::vector<SamplePreview>> preview_samples(const PreviewRequest& request,
                                                   std::stop_token stop) {
  const BenchmarkDescription* benchmark = request.catalog->benchmark(request.benchmark);
  if (!benchmark || benchmark->tasks.empty())
    return Error{ErrorKind::not_found, "there is no benchmark \"" + request.benchmark + "\"", "",
                 ""};
  LOOM_TRY(const LocalModel local, inspect_model(request.model));
  const PlanModel model{local.path.string(), "", request.chat_template};
  LOOM_TRY(const ModelText text, load_model_text(model, local.path));
  EvaluationPlan plan;
  plan.models = {model};
  PlanBenchmark chosen{request.benchmark, {request.task}, {}, 0, {}};
  if (request.task.empty()) chosen.tasks = {benchmark->tasks.front().id};
  chosen.samples = std::max<size_t>(1, request.samples);
  if (request.length_tokens > 0) chosen.lengths = {request.length_tokens};
  plan.benchmarks = {chosen};
  LOOM_TRY(const auto jobs, unroll(plan, *request.catalog));
  std::vector<SamplePreview> previews;
  for (const Job& job : jobs) {
    LOOM_TRY(JobRecords records, job_records(plan, job, *request.catalog, text, request.data_folder,
                                             job.samples, stop));
    for (const Record& record : records.task.records) {
      const PromptLimits limits =
          prompt_limits(plan, *records.description, record, local.window_tokens);
      LOOM_TRY(Prompt prompt, build_prompt(record, text, limits));
      previews.push_back(
          {record.id, job.length_tokens, std::move(prompt), record.references, limits.rule});
    }
  }
  return previews;
}

}  // namespace loom
