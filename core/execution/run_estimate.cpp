#include "core/execution/run_estimate.h"

#include <algorithm>

#include "core/base/memory_limit.h"
#include "core/catalog/local_devices.h"
#include "core/execution/job_estimation.h"

namespace loom {
namespace {

// So many prompt tokens are built for the estimate of a run; the rest is told from them.
constexpr size_t kTokensLookedAt = 6'000'000;

void add_warnings(RunEstimate& estimate, size_t truncated) {
  if (truncated > 0)
    estimate.warnings.push_back(std::to_string(truncated) +
                                " samples do not fit the model's window and are cut or fail");
  if (!estimate.fits)
    estimate.warnings.push_back("The run needs " + std::to_string(estimate.memory_bytes >> 20) +
                                " MiB at its longest prompt, " +
                                std::to_string(estimate.memory_free_bytes >> 20) +
                                " MiB are free on " + estimate.memory_device);
}

void add_job(RunEstimate& estimate, JobEstimate one, size_t& shared, size_t& truncated) {
  shared += one.shared_tokens;
  truncated += one.truncated;
  estimate.samples += one.samples;
  estimate.tokens += one.tokens;
  estimate.remembered += one.remembered;
  estimate.scoring.references += one.scoring.references;
  estimate.scoring.reference_tokens += one.scoring.reference_tokens;
  estimate.scoring.texts += one.scoring.texts;
  estimate.scoring.text_tokens += one.scoring.text_tokens;
  estimate.scoring.seconds += one.scoring.seconds;
  estimate.per_job.push_back(std::move(one));
}

void add_times(RunEstimate& estimate, const std::map<int, ModelWork>& models, size_t devices) {
  double seconds = 0, at_most = 0;
  for (const JobEstimate& one : estimate.per_job) {
    seconds += one.seconds;
    at_most += one.seconds_at_most;
  }
  const auto parallel = static_cast<double>(std::max<size_t>(devices, 1));
  double load_s = 0;
  for (const auto& [index, work] : models) load_s += work.model.rate.load_s;
  estimate.seconds = seconds / parallel + load_s;
  estimate.seconds_at_most = at_most / parallel + load_s;
}

}  // namespace

Result<RunEstimate> estimate_run(const EvaluationPlan& plan, const RunEnvironment& environment,
                                 bool measure, std::stop_token stop) {
  LOOM_TRY(auto jobs, unroll(plan, *environment.catalog));
  RunEstimate estimate;
  for (const std::string& line : left_out(plan, *environment.catalog))
    estimate.warnings.push_back(line + ": left out");
  JobEstimation estimation(plan, environment, measure, stop);
  size_t shared = 0, truncated = 0;
  for (const Job& job : jobs) {
    LOOM_CHECK(estimation.prepare_model(job.model));
    auto one = estimation.job(job, kTokensLookedAt / jobs.size());
    if (one) {
      add_job(estimate, std::move(*one), shared, truncated);
      continue;
    }
    if (one.error().kind == ErrorKind::cancelled) return one.error();
    estimate.warnings.push_back(job.benchmark_id + "/" + job.task +
                                " cannot run: " + describe(one.error()));
  }
  for (const auto& [index, work] : estimation.models()) {
    estimate.memory_bytes =
        std::max(estimate.memory_bytes, work.memory_bytes() + work.encoder_bytes);
    estimate.encoder_bytes = std::max(estimate.encoder_bytes, work.encoder_bytes);
  }
  LOOM_TRY(const uint64_t limit, memory_limit_from_environment());
  const DeviceFit fit = tightest_fit(estimate.memory_bytes, measure_devices(), plan.devices);
  estimate.memory_device = fit.device;
  estimate.memory_free_bytes = fit.free_bytes;
  if (limit > 0) estimate.memory_free_bytes = fit.known() ? std::min(fit.free_bytes, limit) : limit;
  estimate.fits =
      estimate.memory_free_bytes == 0 || estimate.memory_bytes <= estimate.memory_free_bytes;
  estimate.shared_share =
      estimate.tokens == 0 ? 0 : static_cast<double>(shared) / static_cast<double>(estimate.tokens);
  if (estimation.measured()) add_times(estimate, estimation.models(), plan.devices.size());
  add_warnings(estimate, truncated);
  return estimate;
}

}  // namespace loom
