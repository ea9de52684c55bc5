#include "core/execution/run_estimate.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "core/base/cache_budget.h"
#include "core/base/machine_memory.h"
#include "core/base/memory_limit.h"
#include "core/execution/answer_costs.h"
#include "core/execution/estimate_prompts.h"

namespace loom {
namespace {

// So many prompt tokens are built for the estimate of a run; the rest is told from them.
constexpr size_t kTokensLookedAt = 6'000'000;

// How long the model's answers are, as a share of what a task allows where the task is new.
class AnswerLengths {
 public:
  static Result<AnswerLengths> read(const RunEnvironment& environment, const MachineRate& rate) {
    AnswerLengths lengths;
    if (!environment.store || rate.weights_hash.empty()) return lengths;
    LOOM_TRY(auto known, environment.store->answer_lengths(rate.weights_hash));
    double sum = 0, count = 0;
    for (const auto& one : known) {
      lengths.known_[{one.benchmark, one.task}] = one.tokens;
      const BenchmarkDescription* benchmark = environment.catalog->benchmark(one.benchmark);
      const TaskDescription* task = benchmark ? benchmark->task(one.task) : nullptr;
      if (!task || task->max_new_tokens <= 0) continue;
      sum += std::min(1.0, one.tokens / task->max_new_tokens);
      count += 1;
    }
    if (count > 0) lengths.share_ = sum / count;
    return lengths;
  }
  double of(const Job& job, int max_new_tokens) const {
    auto found = known_.find({job.benchmark_id, job.task});
    const double limit = max_new_tokens;
    return found == known_.end() ? limit * share_ : std::min(limit, found->second);
  }

 private:
  std::map<std::pair<std::string, std::string>, double> known_;
  double share_ = 1;
};

struct ModelWork {
  ModelForEstimate model;
  AnswerLengths lengths;
  size_t longest = 0;        // tokens of a prompt with its answer
  uint64_t kv_together = 0;  // of the largest batch
  double kv_all = 0;         // of every prompt, were all kept

  // What is remembered of earlier prompts, or what a batch needs; the batch is remembered too.
  uint64_t memory_bytes() const {
    const MachineRate& rate = model.rate;
    if (rate.resident_bytes <= 0)
      return forecast_memory(model.local, std::max<size_t>(longest, 1)).total();
    const auto prefixes = static_cast<double>(
        cache_budget(kv_bytes(model.local, longest), model.local.file_bytes).prefixes);
    const double kv = std::max(std::min(kv_all, prefixes), static_cast<double>(kv_together));
    return static_cast<uint64_t>(rate.resident_bytes +
                                 rate.resident_per_token * static_cast<double>(longest) + kv);
  }
};

Result<JobEstimate> estimate_job(const EvaluationPlan& plan, const Job& job, ModelWork& work,
                                 const RunEnvironment& environment, size_t tokens,
                                 std::stop_token stop) {
  LOOM_TRY(EstimatePrompts prompts,
           estimate_prompts(plan, job, work.model, environment, tokens, stop));
  JobEstimate estimate;
  estimate.job = job;
  estimate.samples = prompts.samples;
  if (prompts.looked_at == 0) return estimate;
  const auto limit = static_cast<size_t>(std::max(prompts.max_new_tokens, 0));
  const double answer = work.lengths.of(job, prompts.max_new_tokens);
  const auto planned = in_engine_order(std::move(prompts.to_answer));
  const double scale =
      static_cast<double>(prompts.samples) / static_cast<double>(prompts.looked_at);
  auto scaled = [scale](size_t n) {
    return static_cast<size_t>(std::llround(static_cast<double>(n) * scale));
  };
  size_t asked = 0, shared = 0;
  for (const PlannedPrompt& prompt : planned) {
    asked += prompt.tokens;
    shared += prompt.reused;
  }
  estimate.tokens = scaled(asked);
  estimate.shared_tokens = scaled(shared);
  estimate.truncated = scaled(prompts.truncated);
  estimate.remembered = scaled(prompts.remembered);
  const AnswerCosts costs = answer_costs(planned, answer, work.model.local, work.model.rate),
                    most = answer_costs(planned, static_cast<double>(limit), work.model.local,
                                        work.model.rate);
  estimate.seconds = scale * (prompts.seconds + costs.prefill_s + costs.decode_s);
  estimate.seconds_at_most = scale * (prompts.seconds + most.prefill_s + most.decode_s);
  work.longest = std::max(work.longest, most.longest);
  work.kv_together = std::max(work.kv_together, most.kv_together);
  work.kv_all += scale * static_cast<double>(most.kv_all);
  return estimate;
}

Result<ModelWork> prepare_model(const EvaluationPlan& plan, size_t index,
                                const RunEnvironment& environment, bool measure,
                                std::stop_token stop) {
  ModelWork work;
  ModelForEstimate& model = work.model;
  LOOM_TRY(model.local,
           resolve_answering_model(plan.models[index].path, environment.model_folders));
  LOOM_TRY(model.text, load_model_text(plan.models[index], model.local.path));
  std::string device = plan.devices.empty() ? "cpu" : plan.devices.front();
  LOOM_TRY(model.rate, machine_rate(model.local.path.string(), device, measure, stop));
  LOOM_TRY(work.lengths, AnswerLengths::read(environment, model.rate));
  return work;
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

void add_job(RunEstimate& estimate, JobEstimate one, size_t& shared, size_t& truncated) {
  shared += one.shared_tokens;
  truncated += one.truncated;
  estimate.samples += one.samples;
  estimate.tokens += one.tokens;
  estimate.remembered += one.remembered;
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
  for (const auto& [index, work] : models) {
    if (!work.model.rate.measured) return;
    load_s += work.model.rate.load_s;
  }
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
  std::map<int, ModelWork> models;
  size_t shared = 0, truncated = 0;
  for (const Job& job : jobs) {
    if (!models.contains(job.model)) {
      LOOM_TRY(models[job.model],
               prepare_model(plan, static_cast<size_t>(job.model), environment, measure, stop));
    }
    auto one = estimate_job(plan, job, models[job.model], environment,
                            kTokensLookedAt / jobs.size(), stop);
    if (one) {
      add_job(estimate, std::move(*one), shared, truncated);
      continue;
    }
    if (one.error().kind == ErrorKind::cancelled) return one.error();
    estimate.warnings.push_back(job.benchmark_id + "/" + job.task +
                                " cannot run: " + describe(one.error()));
  }
  for (const auto& [index, work] : models)
    estimate.memory_bytes = std::max(estimate.memory_bytes, work.memory_bytes());
  LOOM_TRY(const uint64_t limit, memory_limit_from_environment());
  estimate.memory_free_bytes = memory_available_bytes();
  if (limit > 0) estimate.memory_free_bytes = std::min(estimate.memory_free_bytes, limit);
  estimate.fits =
      estimate.memory_free_bytes == 0 || estimate.memory_bytes <= estimate.memory_free_bytes;
  estimate.shared_share =
      estimate.tokens == 0 ? 0 : static_cast<double>(shared) / static_cast<double>(estimate.tokens);
  add_times(estimate, models, plan.devices.size());
  add_warnings(estimate, truncated);
  return estimate;
}

}  // namespace loom
