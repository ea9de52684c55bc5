#include "ui/pages/results/run_results.h"

namespace loom::ui {

Result<RunResults> read_run_results(const RunQueries& queries, int64_t run) {
  RunResults results;
  LOOM_TRY(results.row, queries.run(run));
  LOOM_TRY(results.summary, queries.summary(run));
  LOOM_TRY(results.provenance, queries.provenance(run));
  LOOM_TRY(results.points, queries.points(run));
  LOOM_TRY(results.judged, queries.judged(run));
  return results;
}

std::vector<int> jobs_of(const RunSummary& summary, size_t column, const JobChoice& choice) {
  std::vector<int> jobs;
  if (column >= summary.columns.size()) return jobs;
  for (int at : summary.columns[column].jobs) {
    const Job& job = summary.jobs.at(static_cast<size_t>(at)).job;
    const bool fits = (choice.capability.empty() || choice.capability == job.capability) &&
                      (choice.benchmark.empty() || choice.benchmark == job.benchmark_id) &&
                      (choice.task.empty() || choice.task == job.benchmark_id + "/" + job.task) &&
                      (choice.length_tokens == 0 || choice.length_tokens == job.length_tokens);
    if (fits) jobs.push_back(job.index);
  }
  return jobs;
}

}  // namespace loom::ui
