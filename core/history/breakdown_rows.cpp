// A job's scores by a field of its records.
#include <algorithm>

#include "core/history/job_rows.h"

namespace loom {
namespace {

struct Part {
  std::string name;
  std::vector<ScoredSample> samples;
};

using Values = std::vector<std::string>;

Result<Values> read_values(Database& database, int64_t run, int job, const std::string& field) {
  const bool own = field == kPromptTokens;
  LOOM_TRY(Statement row,
           database.query(own ? "SELECT CAST(sent_tokens AS TEXT),? FROM sample WHERE run=? AND "
                                "job=? ORDER BY idx"
                              : "SELECT CASE WHEN json_valid(metadata) THEN "
                                "json_extract(metadata,?) END FROM sample WHERE run=? AND job=? "
                                "ORDER BY idx",
                          "$.\"" + field + "\"", run, job));
  Values values;
  for (;;) {
    LOOM_TRY(bool more, row.step());
    if (!more) return values;
    values.push_back(row.text(0));
  }
}

void add(const Breakdown& breakdown, const JobRow& job, const Values& values,
         std::vector<Part>& parts) {
  for (size_t i = 0; i < std::min(values.size(), job.samples.size()); ++i) {
    const std::string name = breakdown.part_of(values[i]);
    if (name.empty()) continue;
    auto part =
        std::find_if(parts.begin(), parts.end(), [&](const Part& one) { return one.name == name; });
    if (part == parts.end()) {
      parts.push_back(Part{name, {}});
      part = parts.end() - 1;
    }
    part->samples.push_back(job.samples[i]);
  }
}

GroupScore score_of(const Part& part, const Job& job, uint64_t seed) {
  const JobSummary summary = summary_of(job, part.samples, seed);
  return {part.name,         summary.score,  summary.low,      summary.high,  summary.scored,
          summary.truncated, summary.failed, summary.unparsed, summary.values};
}

// The jobs of one task in a column: its lengths.
using TaskJobs = std::vector<const JobRow*>;

Result<BreakdownScores> scores_of(Database& database, int64_t run, uint64_t seed,
                                  const TaskJobs& jobs, const Breakdown& breakdown) {
  const Job& job = jobs.front()->job;
  BreakdownScores scores{job.benchmark_id + "/" + job.task, breakdown.field, breakdown.title, {}};
  std::vector<Part> parts;
  for (const JobRow* one : jobs) {
    LOOM_TRY(const Values values, read_values(database, run, one->job.index, breakdown.field));
    add(breakdown, *one, values, parts);
  }
  std::stable_sort(parts.begin(), parts.end(), [&](const Part& a, const Part& b) {
    return breakdown.place_of(a.name) < breakdown.place_of(b.name);
  });
  for (const Part& part : parts) scores.parts.push_back(score_of(part, job, seed));
  return scores;
}

std::vector<TaskJobs> tasks_of(const std::vector<JobRow>& jobs, const RunColumn& column) {
  std::vector<TaskJobs> tasks;
  for (int index : column.jobs) {
    const JobRow& job = jobs[static_cast<size_t>(index)];
    if (job.job.breakdowns.empty()) continue;
    const auto same = [&](const TaskJobs& task) {
      return task.front()->job.benchmark_id == job.job.benchmark_id &&
             task.front()->job.task == job.job.task;
    };
    const auto task = std::find_if(tasks.begin(), tasks.end(), same);
    if (task == tasks.end())
      tasks.push_back({&job});
    else
      task->push_back(&job);
  }
  return tasks;
}

}  // namespace

Status read_breakdowns(Database& database, int64_t run, uint64_t seed,
                       const std::vector<JobRow>& jobs, RunSummary& summary) {
  for (RunColumn& column : summary.columns)
    for (const TaskJobs& task : tasks_of(jobs, column))
      for (const Breakdown& breakdown : task.front()->job.breakdowns) {
        LOOM_TRY(BreakdownScores scores, scores_of(database, run, seed, task, breakdown));
        const bool scored = std::any_of(scores.parts.begin(), scores.parts.end(),
                                        [](const GroupScore& part) { return part.scored > 0; });
        if (scored) column.breakdowns.push_back(std::move(scores));
      }
  return {};
}

}  // namespace loom
