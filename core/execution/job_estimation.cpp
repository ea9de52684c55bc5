#include "core/execution/job_estimation.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "core/base/cache_budget.h"
#include "core/execution/answer_costs.h"
#include "core/execution/reading_costs.h"
#include "core/execution/task_scorer.h"

namespace loom {
namespace {

// Of the samples that were looked at, told of all.
size_t scaled(size_t n, double scale) {
  return static_cast<size_t>(std::llround(static_cast<double>(n) * scale));
}

}  // namespace

uint64_t ModelWork::memory_bytes() const {
  const MachineRate& rate = model.rate;
  if (rate.resident_bytes <= 0)
    return forecast_memory(model.local, std::max<size_t>(longest, 1)).total();
  const uint64_t prefixes =
      cache_budget(kv_bytes(model.local, longest), model.local.held_bytes()).prefixes;
  const double kv = std::max(std::min(kv_all, static_cast<double>(prefixes + kv_tails)),
                             static_cast<double>(kv_together));
  return static_cast<uint64_t>(rate.resident_bytes +
                               rate.resident_per_token * static_cast<double>(longest) + kv);
}

Status JobEstimation::prepare_model(int index) {
  if (models_.contains(index)) return {};
  ModelWork work;
  ModelForEstimate& model = work.model;
  const PlanModel& planned = plan_.models[static_cast<size_t>(index)];
  LOOM_TRY(model.local, resolve_answering_model(planned.path, environment_.model_folders));
  LOOM_TRY(model.text, load_model_text(planned, model.local.path));
  const std::string device = plan_.devices.empty() ? "cpu" : plan_.devices.front();
  LOOM_TRY(model.rate, machine_rate(model.local.path.string(), device, measure_, stop_));
  LOOM_TRY(work.lengths, AnswerLengths::read(environment_, model.rate.weights_hash));
  models_[index] = std::move(work);
  return {};
}

bool JobEstimation::measured() const {
  return std::all_of(models_.begin(), models_.end(),
                     [](const auto& one) { return one.second.model.rate.measured; }) &&
         std::all_of(encoders_.begin(), encoders_.end(),
                     [](const auto& one) { return one.second.rate.measured; });
}

Result<const EncoderForEstimate*> JobEstimation::encoder(const TaskRule& rule) {
  LOOM_TRY(const auto folder, encoder_folder(encoder_of(rule), environment_));
  auto found = encoders_.find(folder.string());
  if (found == encoders_.end()) {
    LOOM_TRY(EncoderForEstimate encoder, load_for_estimate(folder, measure_, stop_));
    found = encoders_.emplace(folder.string(), std::move(encoder)).first;
  }
  return &found->second;
}

// An encoder works on the processor beside the engine: where that is there too, they share it.
Status JobEstimation::add_encoding(const EstimatePrompts& prompts, double answer, double most,
                                   double scale, ModelWork& work, JobEstimate& estimate) {
  LOOM_TRY(const EncoderForEstimate* encoder, this->encoder(prompts.rule));
  const EncodingCosts costs = encoding_costs(prompts.references, answer, *encoder),
                      longest = encoding_costs(prompts.references, most, *encoder);
  estimate.scoring.texts = scaled(costs.texts, scale);
  estimate.scoring.text_tokens = scaled(costs.tokens, scale);
  const bool beside = !plan_.devices.empty() && plan_.devices.front() != "cpu";
  auto add = [&](double& seconds, double encoding) {
    encoding = encoder->rate.load_s + scale * encoding;
    const double all = beside ? std::max(seconds, encoding) : seconds + encoding;
    return std::exchange(seconds, all);
  };
  const double answering = add(estimate.seconds, costs.seconds);
  estimate.scoring.seconds = estimate.seconds - answering;
  add(estimate.seconds_at_most, longest.seconds);
  work.encoder_bytes = std::max(work.encoder_bytes, encoder_bytes(*encoder));
  return {};
}

Result<JobEstimate> JobEstimation::job(const Job& job, size_t tokens) {
  ModelWork& work = models_.at(job.model);
  LOOM_TRY(EstimatePrompts prompts,
           estimate_prompts(plan_, job, work.model, environment_, tokens, stop_));
  JobEstimate estimate;
  estimate.job = job;
  estimate.samples = prompts.samples;
  if (prompts.looked_at == 0) return estimate;
  const double limit = std::max(prompts.max_new_tokens, 0);
  const double answer = work.lengths.of(job, prompts.max_new_tokens, prompts.longest_reference);
  const bool read = !prompts.reference_tokens.empty();
  const auto planned =
      in_engine_order(std::move(prompts.to_answer), std::move(prompts.reference_tokens));
  const double scale =
      static_cast<double>(prompts.samples) / static_cast<double>(prompts.looked_at);
  size_t asked = 0, shared = 0;
  for (const PlannedPrompt& prompt : planned) {
    asked += prompt.tokens;
    shared += prompt.reused;
  }
  estimate.tokens = scaled(asked, scale);
  estimate.shared_tokens = scaled(shared, scale);
  estimate.truncated = scaled(prompts.truncated, scale);
  estimate.remembered = scaled(prompts.remembered, scale);
  const LocalModel& model = work.model.local;
  const AnswerCosts costs = answer_costs(planned, answer, model, work.model.rate),
                    most = answer_costs(planned, limit, model, work.model.rate);
  const ReadingCosts reading = reading_costs(planned, model, work.model.rate);
  // Prompts that were read for their references are mostly known when they are answered.
  const double prefill_s = read ? reading.seconds + reading.prefill_left_s : costs.prefill_s;
  estimate.seconds = scale * (prompts.seconds + prefill_s + costs.decode_s);
  estimate.seconds_at_most = scale * (prompts.seconds + prefill_s + most.decode_s);
  if (read) {
    estimate.scoring.references = scaled(reading.passes, scale);
    estimate.scoring.reference_tokens = scaled(reading.tokens, scale);
    estimate.scoring.seconds = scale * std::max(0.0, prefill_s - costs.prefill_s);
  }
  work.longest = std::max({work.longest, most.longest, reading.longest});
  work.kv_together = std::max(work.kv_together, most.kv_together);
  work.kv_tails = std::max(work.kv_tails, most.kv_tails);
  work.kv_all += scale * static_cast<double>(most.kv_all);
  if (!prompts.references.empty())
    LOOM_CHECK(add_encoding(prompts, answer, limit, scale, work, estimate));
  return estimate;
}

}  // namespace loom
