#include "core/execution/job_runner.h"

#include <algorithm>

#include "core/execution/job_run.h"

namespace loom {
namespace {

// The data holds more or fewer than was planned.
Status count_samples(const RunContext& context, size_t samples, Job& job) {
  job.samples = samples;
  LOOM_CHECK(context.environment.store->set_job_samples(context.run, job.index, samples));
  std::lock_guard lock(context.mutex);
  context.meter.holds(job.index, samples);
  return {};
}

}  // namespace

Status run_job(const RunContext& context, const Job& planned, const std::vector<int>& finished,
               ServingModel& model, std::stop_token stop) {
  const RunEnvironment& environment = context.environment;
  Job job = planned;
  auto records = job_records(context.plan, job, *environment.catalog, model.text,
                             environment.data_folder, job.limit, stop);
  if (!records) {
    if (records.error().kind == ErrorKind::cancelled) return records.error();
    return fail_job(context, job, finished, records.error());
  }
  LOOM_CHECK(environment.store->record_data(context.run, job.index, records->task.data_hash));
  if (job.samples != records->task.records.size())
    LOOM_CHECK(count_samples(context, records->task.records.size(), job));
  (void)environment.store->record_event(
      context.run, "data",
      job.benchmark_id + "/" + job.task + ": " + records->task.data_label + ", SHA-256 " +
          records->task.data_hash +
          (records->task.wording_label.empty() ? std::string()
                                               : ", prompts: " + records->task.wording_label));
  for (const std::string& note : records->task.notes)
    (void)environment.store->record_event(context.run, "data", note);
  if (const size_t bad = records->task.bad_records; bad > 0) {
    const std::string notice = job.benchmark_id + "/" + job.task + ": " + std::to_string(bad) +
                               (bad == 1 ? " record" : " records") +
                               " could not be read and are left out";
    (void)environment.store->record_event(context.run, "notice", notice);
    std::lock_guard lock(context.mutex);
    context.observer.notice(notice);
  }
  auto scorer = TaskScorer::prepare(records->rule, records->task.records, environment, stop);
  if (!scorer) {
    if (scorer.error().kind == ErrorKind::cancelled) return scorer.error();
    return fail_job(context, job, finished, scorer.error());
  }
  return JobRun(context, job, model, std::move(*records), std::move(*scorer)).run(finished, stop);
}

Status fail_job(const RunContext& context, const Job& job, const std::vector<int>& finished,
                const Error& reason) {
  for (size_t index = 0; index < job.samples; ++index) {
    if (std::binary_search(finished.begin(), finished.end(), static_cast<int>(index))) continue;
    Record unknown;
    unknown.id = "sample-" + std::to_string(index);
    Sample sample = sample_of(job, static_cast<int>(index), unknown);
    sample.state = SampleState::failed;
    sample.error = reason;
    std::lock_guard lock(context.mutex);
    LOOM_CHECK(context.environment.store->put_sample(context.run, sample));
    context.meter.finished(sample);
    context.observer.sample_finished(job.index, sample);
  }
  return {};
}

}  // namespace loom
