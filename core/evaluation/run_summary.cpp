#include "core/evaluation/run_summary.h"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <limits>
#include <map>

#include "core/base/random.h"
#include "core/evaluation/column_label.h"
#include "core/evaluation/length_scores.h"
#include "core/statistics/intervals.h"

namespace loom {
namespace {

constexpr double kZ = 1.959963984540054;

struct Values {
  std::vector<double> all, untruncated;
};

Values percent_values(const std::vector<ScoredSample>& samples) {
  Values values;
  for (const ScoredSample& sample : samples) {
    if (sample.state != SampleState::done || !sample.value) continue;
    values.all.push_back(*sample.value * 100);
    if (!sample.truncated) values.untruncated.push_back(*sample.value * 100);
  }
  return values;
}

void add_interval(JobSummary& summary, const std::vector<double>& values, bool binary,
                  uint64_t seed) {
  if (values.empty()) return;
  // Resampling values that are all alike would claim certainty. Where a graded metric happened to
  // give only 0 and 1 they are proportions, and Wilson's interval tells how little n values say.
  bool all_or_nothing = std::all_of(values.begin(), values.end(),
                                    [](double value) { return value == 0 || value == 100; });
  if (binary || all_or_nothing) {
    auto successes = static_cast<size_t>(
        std::count_if(values.begin(), values.end(), [](double v) { return v > 50; }));
    Interval interval = wilson(successes, values.size());
    summary.low = interval.low * 100;
    summary.high = interval.high * 100;
    summary.interval = "wilson";
  } else if (auto interval = bootstrap_mean(values, seed)) {
    summary.low = interval->low;
    summary.high = interval->high;
    summary.interval = "bootstrap";
  }
}

std::optional<double> percent(std::optional<double> value) {
  if (value) *value *= 100;
  return value;
}

// The metric's own score of the whole task, and its percentile bootstrap over the samples.
void score_whole(JobSummary& summary, const std::vector<ScoredSample>& samples, WholeScore whole,
                 uint64_t seed) {
  constexpr size_t kResamples = 1000;
  std::vector<const nlohmann::json*> all, untruncated;
  for (const ScoredSample& sample : samples) {
    if (sample.state != SampleState::done || !sample.value) continue;
    all.push_back(&sample.parts);
    if (!sample.truncated) untruncated.push_back(&sample.parts);
  }
  summary.score = percent(whole(all));
  summary.score_untruncated = percent(whole(untruncated));
  if (all.size() < 2) return;
  Random random(seed, "whole score");
  std::vector<double> scores;
  std::vector<const nlohmann::json*> drawn(all.size());
  for (size_t i = 0; i < kResamples; ++i) {
    for (auto& one : drawn) one = all[random.below(all.size())];
    if (auto score = percent(whole(drawn))) scores.push_back(*score);
  }
  if (scores.empty()) return;
  std::sort(scores.begin(), scores.end());
  summary.low = scores[scores.size() * 25 / 1000];
  summary.high = scores[std::min(scores.size() - 1, scores.size() * 975 / 1000)];
  summary.interval = "bootstrap";
}

// A mean of independent parts: half widths add in squares (normal approximation), each side apart
// so that skew is kept.
GroupScore combine(const std::string& key, const std::vector<GroupScore>& parts,
                   double most = 100) {
  GroupScore group;
  group.key = key;
  DecimalSum sum;
  double low = 0, high = 0;
  bool intervals = true;
  for (const GroupScore& part : parts) {
    group.scored += part.scored;
    group.truncated += part.truncated;
    group.failed += part.failed;
    group.unparsed += part.unparsed;
    group.values.add(part.values);
    if (!part.score) continue;
    sum.add(*part.score);
    intervals = intervals && part.low && part.high;
    if (part.low) low += std::pow(*part.score - *part.low, 2);
    if (part.high) high += std::pow(*part.high - *part.score, 2);
  }
  group.score = sum.mean();
  if (group.score && intervals) {
    auto n = static_cast<double>(sum.count());
    group.low = std::max(0.0, *group.score - std::sqrt(low) / n);
    group.high = std::min(most, *group.score + std::sqrt(high) / n);
  }
  return group;
}

GroupScore as_group(const std::string& key, const JobSummary& job) {
  return {key,           job.score,  job.low,      job.high,  job.scored,
          job.truncated, job.failed, job.unparsed, job.values};
}

// One mean over all samples of the parts. Half widths add in squares, each weighted by its share of
// the samples.
GroupScore combine_samples(const std::string& key, const std::vector<GroupScore>& parts) {
  GroupScore group = combine(key, parts);
  group.score = group.values.mean();
  group.low = group.high = std::nullopt;
  if (!group.score) return group;
  double low = 0, high = 0;
  for (const GroupScore& part : parts) {
    if (part.scored == 0) continue;
    if (!part.score || !part.low || !part.high) return group;
    const double share = static_cast<double>(part.scored) / static_cast<double>(group.scored);
    low += std::pow(share * (*part.score - *part.low), 2);
    high += std::pow(share * (*part.high - *part.score), 2);
  }
  group.low = std::max(0.0, *group.score - std::sqrt(low));
  group.high = std::min(100.0, *group.score + std::sqrt(high));
  return group;
}

using Parts = std::vector<std::pair<std::string, std::vector<GroupScore>>>;

std::vector<GroupScore>& part(Parts& parts, const std::string& key) {
  for (auto& [name, list] : parts)
    if (name == key) return list;
  return parts.emplace_back(key, std::vector<GroupScore>{}).second;
}

std::vector<GroupScore> combine_all(const Parts& parts) {
  std::vector<GroupScore> groups;
  for (const auto& [key, list] : parts) groups.push_back(combine(key, list));
  return groups;
}

std::optional<double> mean_of(const std::vector<GroupScore>& groups) {
  DecimalSum sum;
  for (const GroupScore& group : groups)
    if (group.score) sum.add(*group.score);
  return sum.mean();
}

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

}  // namespace

JobSummary summarise_job(const Job& job, const std::vector<ScoredSample>& samples, bool binary,
                         size_t official_samples, uint64_t seed, WholeScore whole,
                         bool lower_is_better) {
  JobSummary summary;
  summary.job = job;
  summary.lower_is_better = lower_is_better;
  summary.planned = job.samples;
  Values values = percent_values(samples);
  summary.scored = values.all.size();
  for (const double value : values.all) summary.values.add(value);
  summary.score = summary.values.mean();
  summary.score_untruncated = decimal_mean(values.untruncated);
  if (whole) {
    score_whole(summary, samples, whole, seed);
  } else {
    add_interval(summary, values.all, binary, seed);
  }
  for (const ScoredSample& sample : samples) {
    summary.failed += sample.state == SampleState::failed;
    summary.cancelled += sample.state == SampleState::cancelled;
    summary.truncated += sample.truncated;
    summary.remembered += sample.remembered;
    summary.unparsed += sample.state == SampleState::done && !sample.value;
    summary.timings.tokenise_s += sample.timings.tokenise_s;
    summary.timings.prefill_new_s += sample.timings.prefill_new_s;
    summary.timings.prefill_reused_s += sample.timings.prefill_reused_s;
    summary.timings.decode_s += sample.timings.decode_s;
    summary.tokens_prefilled += sample.tokens_prefilled;
    summary.tokens_reused += sample.tokens_reused;
    summary.tokens_generated += sample.tokens_generated;
    summary.peak_memory_bytes = std::max(summary.peak_memory_bytes, sample.peak_memory_bytes);
  }
  summary.fewer_than_official = official_samples > 0 && job.samples < official_samples;
  return summary;
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
