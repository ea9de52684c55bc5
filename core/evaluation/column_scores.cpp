#include "core/evaluation/column_scores.h"

#include <algorithm>
#include <limits>
#include <map>

#include "core/evaluation/group_scores.h"
#include "core/evaluation/length_scores.h"

namespace loom {
namespace {

void order_capabilities(std::vector<GroupScore>& groups) {
  auto rank = [](const GroupScore& group) {
    return std::find(kCapabilities.begin(), kCapabilities.end(), group.key) - kCapabilities.begin();
  };
  std::stable_sort(groups.begin(), groups.end(),
                   [&](const GroupScore& a, const GroupScore& b) { return rank(a) < rank(b); });
}

struct Owner {
  std::string benchmark, capability, group;
  bool pool = false;
};

using Owners = std::map<std::string, Owner>;  // by task key

GroupScore combine_group(const std::string& key, const std::vector<GroupScore>& tasks,
                         const Owners& owner) {
  return owner.at(tasks.front().key).pool ? combine_samples(key, tasks) : combine(key, tasks);
}

// The tasks of one benchmark by their groups; a task without one is alone.
Parts grouped(const std::vector<GroupScore>& tasks, const Owners& owner) {
  Parts groups;
  for (const GroupScore& task : tasks) {
    const Owner& of = owner.at(task.key);
    part(groups, of.group.empty() ? task.key : of.benchmark + "/group " + of.group).push_back(task);
  }
  return groups;
}

// The mean of a benchmark's tasks, in which the tasks of one group count as one.
GroupScore combine_tasks(const std::string& key, const std::vector<GroupScore>& tasks,
                         const Owners& owner) {
  std::vector<GroupScore> scores;
  for (const auto& [group, own] : grouped(tasks, owner))
    scores.push_back(combine_group(group, own, owner));
  return combine(key, scores);
}

std::vector<GroupScore> group_scores(const std::vector<GroupScore>& tasks, const Owners& owner) {
  std::vector<GroupScore> scores;
  for (const auto& [group, own] : grouped(tasks, owner)) {
    const Owner& of = owner.at(own.front().key);
    if (!of.group.empty())
      scores.push_back(combine_group(of.benchmark + "/" + of.group, own, owner));
  }
  return scores;
}

}  // namespace

// Task → group → benchmark → capability: a task's score is the mean over its lengths, a group's the
// mean of its tasks or of all their samples, a benchmark's the mean of its groups, a capability's
// the mean of the benchmarks that serve it, each over the tasks that do.
void summarise_column(const std::vector<JobSummary>& jobs, RunColumn& column) {
  Parts tasks, measures, per_benchmark, per_capability;
  Owners owner;
  for (int index : column.jobs) {
    const JobSummary& job = jobs[static_cast<size_t>(index)];
    std::string key = job.job.benchmark_id + "/" + job.job.task;
    if (job.lower_is_better) {
      part(measures, key).push_back(as_group(key, job));
      continue;
    }
    part(tasks, key).push_back(as_group(key, job));
    owner[key] = {job.job.benchmark_id, job.job.capability, job.job.group, job.job.pool};
  }
  for (const auto& [key, list] : measures)
    column.measures.push_back(combine(key, list, std::numeric_limits<double>::infinity()));
  column.tasks = combine_all(tasks);
  column.lengths = length_scores(jobs, column);
  column.groups = group_scores(column.tasks, owner);
  Parts capability_benchmarks;  // "capability\nbenchmark"
  for (const GroupScore& task : column.tasks) {
    const Owner& of = owner[task.key];
    part(per_benchmark, of.benchmark).push_back(task);
    part(capability_benchmarks, of.capability + "\n" + of.benchmark).push_back(task);
  }
  for (const auto& [benchmark, own] : per_benchmark)
    column.benchmarks.push_back(combine_tasks(benchmark, own, owner));
  for (const auto& [key, own] : capability_benchmarks)
    part(per_capability, key.substr(0, key.find('\n'))).push_back(combine_tasks(key, own, owner));
  column.capabilities = combine_all(per_capability);
  order_capabilities(column.capabilities);
  column.mean_of_benchmarks = mean_of(column.benchmarks);
  column.mean_of_capabilities = mean_of(column.capabilities);
}

std::vector<GroupScore> length_scores(const std::vector<JobSummary>& jobs, const RunColumn& column,
                                      const std::string& benchmark) {
  Parts lengths;
  for (int index : column.jobs) {
    const JobSummary& job = jobs[static_cast<size_t>(index)];
    if (job.job.length_tokens == 0 || job.lower_is_better) continue;
    if (!benchmark.empty() && job.job.benchmark_id != benchmark) continue;
    std::string length = std::to_string(job.job.length_tokens);
    part(lengths, length).push_back(as_group(length, job));
  }
  std::vector<GroupScore> scores = combine_all(lengths);
  std::stable_sort(scores.begin(), scores.end(), [](const auto& a, const auto& b) {
    return std::stoull(a.key) < std::stoull(b.key);
  });
  return scores;
}

}  // namespace loom
