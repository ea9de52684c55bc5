#include "core/evaluation/run_summary.h"

#include <algorithm>

#include "core/evaluation/column_label.h"
#include "core/evaluation/column_scores.h"

namespace loom {

double device_seconds(const std::vector<JobSummary>& jobs) {
  double unplaced = 0;
  std::vector<BusyTime> busy;
  for (const JobSummary& job : jobs) {
    if (job.busy.empty()) unplaced += job.wall_s;
    busy.insert(busy.end(), job.busy.begin(), job.busy.end());
  }
  return unplaced + device_seconds(busy);
}

RunSummary summarise_run(const EvaluationPlan& plan, std::vector<JobSummary> jobs) {
  RunSummary summary;
  for (JobSummary& job : jobs) {
    const PlanModel& model = plan.models.at(static_cast<size_t>(job.job.model));
    job.model_name = distinct_name(plan.models, model);
    job.server = plan.servers.at(static_cast<size_t>(job.job.server)).id;
    job.augmentation = plan.augmentations.at(static_cast<size_t>(job.job.augmentation)).id;
  }
  summary.jobs = std::move(jobs);
  for (size_t i = 0; i < summary.jobs.size(); ++i) {
    std::string label = column_label(plan, summary.jobs[i].job);
    auto column =
        std::find_if(summary.columns.begin(), summary.columns.end(), [&](const RunColumn& c) {
          const Job& first = summary.jobs[static_cast<size_t>(c.jobs.front())].job;
          const Job& job = summary.jobs[i].job;
          return first.model == job.model && first.server == job.server &&
                 first.augmentation == job.augmentation;
        });
    if (column == summary.columns.end()) {
      summary.columns.push_back({});
      column = summary.columns.end() - 1;
      column->label = label;
    }
    column->jobs.push_back(static_cast<int>(i));
  }
  for (RunColumn& column : summary.columns) summarise_column(summary.jobs, column);
  return summary;
}

}  // namespace loom
