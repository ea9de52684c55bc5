#include "core/execution/run_estimate.h"

#include <algorithm>
#include <map>

#include "core/base/machine_memory.h"
#include "core/catalog/local_models.h"
#include "core/execution/job_records.h"
#include "core/execution/machine_rate.h"
#include "core/execution/prompt_builder.h"

namespace loom {
namespace {

// Canonical cut points: reuse happens at multiples of a page or at the end of a shared document.
constexpr size_t kPageTokens = 512;
// Beyond this many prompt tokens a job is estimated from its first samples.
constexpr size_t kExactTokens = 3'000'000;
constexpr size_t kProbeSamples = 4;

// For each prompt the number of leading tokens that an earlier one of the group has computed.
std::vector<size_t> reused_tokens(const std::vector<Prompt>& prompts) {
  std::vector<size_t> order(prompts.size()), reused(prompts.size());
  for (size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::sort(order.begin(), order.end(),
            [&](size_t a, size_t b) { return prompts[a].ids < prompts[b].ids; });
  for (size_t i = 1; i < order.size(); ++i) {
    const auto& before = prompts[order[i - 1]];
    const auto& ids = prompts[order[i]];
    auto differ =
        std::mismatch(before.ids.begin(), before.ids.end(), ids.ids.begin(), ids.ids.end());
    size_t same = static_cast<size_t>(differ.second - ids.ids.begin());
    same = std::min(same, ids.ids.size() - 1);  // the last token is always computed
    size_t cut = same / kPageTokens * kPageTokens;
    if (ids.context_end <= same && ids.context_end == before.context_end)
      cut = std::max(cut, ids.context_end);
    reused[order[i]] = cut;
  }
  return reused;
}

struct ModelForEstimate {
  LocalModel local;
  ModelText text;
  MachineRate rate;
};

Result<JobEstimate> estimate_job(const EvaluationPlan& plan, const Job& job,
                                 ModelForEstimate& model, const RunEnvironment& environment,
                                 size_t& longest, std::stop_token stop) {
  size_t expected = std::max<size_t>(job.length_tokens, 1000) * job.samples;
  size_t probes = expected > kExactTokens ? std::min(job.samples, kProbeSamples) : job.samples;
  LOOM_TRY(JobRecords records, job_records(plan, job, *environment.catalog, model.text,
                                           environment.data_folder, probes, stop));
  const TaskDescription& task = *records.description;
  size_t window = model.local.window_tokens;
  if (plan.max_length > 0)
    window = window == 0 ? plan.max_length : std::min(window, plan.max_length);
  JobEstimate estimate;
  estimate.job = job;
  estimate.new_tokens_limit = static_cast<size_t>(task.max_new_tokens);
  std::vector<Prompt> prompts;
  for (const Record& record : records.task.records) {
    if (stop.stop_requested()) return Error{ErrorKind::cancelled, "stopped", job.task, ""};
    auto prompt = build_prompt(record, model.text,
                               {window, task.max_new_tokens, plan.truncation, task.chat_template});
    if (!prompt) {
      ++estimate.truncated;
      continue;
    }
    estimate.truncated += prompt->truncation.cut;
    prompts.push_back(std::move(*prompt));
  }
  auto reused = reused_tokens(prompts);
  for (size_t i = 0; i < prompts.size(); ++i) {
    size_t n = prompts[i].ids.size();
    longest = std::max(longest, n + estimate.new_tokens_limit);
    estimate.tokens += n;
    estimate.shared_tokens += reused[i];
    estimate.seconds += prefill_seconds(model.rate, reused[i], n) +
                        model.rate.decode_s_per_token * task.max_new_tokens;
  }
  estimate.samples = job.samples > records.task.records.size() && probes == job.samples
                         ? records.task.records.size()
                         : job.samples;
  if (!prompts.empty() && probes < job.samples) {
    double scale = static_cast<double>(job.samples) / static_cast<double>(prompts.size());
    auto scaled = [scale](size_t n) { return static_cast<size_t>(static_cast<double>(n) * scale); };
    estimate.tokens = scaled(estimate.tokens);
    estimate.shared_tokens = scaled(estimate.shared_tokens);
    estimate.truncated = scaled(estimate.truncated);
    estimate.seconds *= scale;
  }
  return estimate;
}

Result<ModelForEstimate> prepare_model(const EvaluationPlan& plan, size_t index,
                                       const RunEnvironment& environment, bool measure,
                                       std::stop_token stop) {
  ModelForEstimate model;
  LOOM_TRY(model.local, resolve_model(plan.models[index].path, environment.model_folders));
  LOOM_TRY(model.text, load_model_text(plan.models[index], model.local.path));
  std::string device = plan.devices.empty() ? "cpu" : plan.devices.front();
  LOOM_TRY(model.rate, machine_rate(model.local.path.string(), device, measure, stop));
  return model;
}

void add_warnings(RunEstimate& estimate, size_t truncated) {
  if (truncated > 0)
    estimate.warnings.push_back(std::to_string(truncated) +
                                " samples do not fit the model's window and are cut or fail");
  if (!estimate.fits)
    estimate.warnings.push_back("The run needs " + std::to_string(estimate.memory_bytes >> 20) +
                                " MiB at its longest prompt, " +
                                std::to_string(estimate.memory_free_bytes >> 20) + " MiB are free");
}

}  // namespace

Result<RunEstimate> estimate_run(const EvaluationPlan& plan, const RunEnvironment& environment,
                                 bool measure, std::stop_token stop) {
  LOOM_TRY(auto jobs, unroll(plan, *environment.catalog));
  RunEstimate estimate;
  std::map<int, ModelForEstimate> models;
  std::map<int, size_t> longest;
  bool measured = true;
  double seconds = 0;
  size_t shared = 0, truncated = 0;
  for (const Job& job : jobs) {
    if (!models.contains(job.model)) {
      LOOM_TRY(models[job.model],
               prepare_model(plan, static_cast<size_t>(job.model), environment, measure, stop));
    }
    ModelForEstimate& model = models[job.model];
    auto one = estimate_job(plan, job, model, environment, longest[job.model], stop);
    if (!one) {
      if (one.error().kind == ErrorKind::cancelled) return one.error();
      estimate.warnings.push_back(job.benchmark_id + "/" + job.task +
                                  " cannot run: " + describe(one.error()));
      continue;
    }
    measured = measured && model.rate.measured;
    seconds += one->seconds;
    shared += one->shared_tokens;
    truncated += one->truncated;
    estimate.samples += one->samples;
    estimate.tokens += one->tokens;
    estimate.per_job.push_back(std::move(*one));
  }
  for (const auto& [index, model] : models)
    estimate.memory_bytes =
        std::max(estimate.memory_bytes,
                 forecast_memory(model.local, std::max<size_t>(longest[index], 1)).total());
  estimate.memory_free_bytes = memory_available_bytes();
  estimate.fits =
      estimate.memory_free_bytes == 0 || estimate.memory_bytes <= estimate.memory_free_bytes;
  estimate.shared_share =
      estimate.tokens == 0 ? 0 : static_cast<double>(shared) / static_cast<double>(estimate.tokens);
  if (measured)
    estimate.seconds = seconds / static_cast<double>(std::max<size_t>(plan.devices.size(), 1));
  add_warnings(estimate, truncated);
  return estimate;
}

}  // namespace loom
