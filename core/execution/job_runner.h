// One job from records to stored scores.
#pragma once

#include <mutex>

#include "core/execution/evaluation_run.h"
#include "core/execution/job_records.h"
#include "core/execution/progress_meter.h"

namespace loom {

// What all jobs of a run share. The mutex serialises observer, meter and store calls when several
// devices work at once.
struct RunContext {
  int64_t run = 0;
  const EvaluationPlan& plan;
  const std::vector<Job>& jobs;
  const RunEnvironment& environment;
  const RunObserver& observer;
  ProgressMeter& meter;
  std::mutex& mutex;
};

// A model as loaded on one device.
struct ServingModel {
  ModelServer& server;
  std::string device;  // as the plan names it
  LoadedModel loaded;
  ModelText text;
};

// Builds the prompts of what is not in `finished`, asks the server, scores and stores each answer
// as it comes. Errors of single samples are records; the returned Error is a stop or a broken
// store.
Status run_job(const RunContext& context, const Job& job, const std::vector<int>& finished,
               ServingModel& model, std::stop_token stop);

// Records every unfinished sample of the job as failed with this reason.
Status fail_job(const RunContext& context, const Job& job, const std::vector<int>& finished,
                const Error& reason);

}  // namespace loom
