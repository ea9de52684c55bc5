#include "tests/core/report/example_summaries.h"

#include <algorithm>

namespace loom::test {
namespace {

JobSummary job(int index, const std::string& benchmark, const std::string& task, size_t length) {
  JobSummary summary;
  summary.job.index = index;
  summary.job.benchmark_id = benchmark;
  summary.job.task = task;
  summary.job.length_tokens = length;
  summary.interval = "wilson";
  return summary;
}

}  // namespace

GroupScore group(const std::string& key, double score, double half_width, size_t n) {
  GroupScore made;
  made.key = key;
  made.score = score;
  made.low = std::max(0.0, score - half_width);
  made.high = std::min(100.0, score + half_width);
  made.scored = n;
  return made;
}

RunSummary run_with(const std::vector<std::string>& labels, const std::vector<std::string>& axes) {
  RunSummary run;
  for (size_t i = 0; i < labels.size(); ++i) {
    RunColumn column;
    column.label = labels[i];
    for (size_t axis = 0; axis < axes.size(); ++axis) {
      double score = 90.0 - 5.0 * static_cast<double>(i) - 7.0 * static_cast<double>(axis % 4);
      column.capabilities.push_back(group(axes[axis], score, 6));
    }
    column.benchmarks = column.tasks = column.capabilities;
    run.columns.push_back(column);
  }
  return run;
}

RunSummary ruler_run() {
  RunSummary run;
  const std::vector<std::vector<double>> scores = {{96.1, 95.0, 93.2, 89.4, 80.5, 66.2},
                                                   {92.0, 88.7, 85.6, 71.3, 55.0, 30.1}};
  for (size_t i = 0; i < scores.size(); ++i) {
    RunColumn column;
    column.label = i == 0 ? "Llama-3.1-8B" : "Llama-3.1-8B · minference";
    for (size_t at = 0; at < scores[i].size(); ++at) {
      size_t length = size_t{4096} << at;
      column.jobs.push_back(static_cast<int>(run.jobs.size()));
      run.jobs.push_back(job(static_cast<int>(run.jobs.size()), "ruler", "niah_single_1", length));
      column.lengths.push_back(group(std::to_string(length), scores[i][at], 4));
    }
    run.columns.push_back(column);
  }
  run.columns[1].lengths[4].truncated = 3;
  return run;
}

RunSummary base_score_run() {
  RunSummary run;
  const std::vector<size_t> lengths = {512, 1024, 8192};
  const std::vector<std::vector<double>> scores = {{78, 70, 30}, {30, 20}};
  for (size_t i = 0; i < scores.size(); ++i) {
    RunColumn column;
    column.label = i == 0 ? "Llama-3.1-8B" : "SmolLM2-135M";
    auto add = [&](const std::string& benchmark, const std::string& task, size_t length,
                   double score) {
      JobSummary one = job(static_cast<int>(run.jobs.size()), benchmark, task, length);
      one.score = score;
      one.low = score - 5;
      one.high = score + 5;
      one.scored = 20;
      one.truncated = length == lengths.back() ? 3 : 0;
      column.jobs.push_back(one.job.index);
      run.jobs.push_back(one);
    };
    add("ruler", "vt", 1024, 99);
    BaseScore base;
    base.task = "nolima/needle_set";
    base.base = i == 0 ? 80 : 40;
    for (size_t at = 0; at < scores[i].size(); ++at) {
      add("nolima", "needle_set", lengths[at], scores[i][at]);
      base.lengths.push_back({lengths[at], scores[i][at], scores[i][at] / base.base});
    }
    if (i == 0) base.effective_length = 1024;
    column.base_scores = {base};
    run.columns.push_back(column);
  }
  return run;
}

RunSummary timed_run() {
  RunSummary run;
  const std::vector<double> walls = {60, 30, 90, 45};
  for (size_t i = 0; i < walls.size(); ++i) {
    JobSummary one = job(static_cast<int>(i), i % 2 == 0 ? "ruler" : "niah", "task", 0);
    one.wall_s = walls[i];
    one.scored = 10;
    one.timings.prefill_new_s = walls[i] * 0.5;
    one.timings.decode_s = walls[i] * 0.25;
    one.tokens_prefilled = 30000;
    one.tokens_generated = 1500;
    one.peak_memory_bytes = 2'000'000'000 + i;
    run.jobs.push_back(one);
  }
  run.columns.resize(2);
  run.columns[0].label = "Llama-3.2-1B";
  run.columns[0].jobs = {0, 1};
  run.columns[1].label = "Llama-3.1-8B";
  run.columns[1].jobs = {2, 3};
  return run;
}

RunSummary needle_run() {
  RunSummary run;
  run.columns.resize(1);
  run.columns[0].label = "Llama-3.2-1B";
  for (int i = 0; i < 3; ++i) {
    run.jobs.push_back(job(10 + i, "niah", "single", size_t{4096} << i));
    run.columns[0].jobs.push_back(i);
  }
  return run;
}

std::vector<RunQueries::Point> needle_points() {
  std::vector<RunQueries::Point> points;
  for (int job_index = 10; job_index < 13; ++job_index) {
    for (int depth = 0; depth <= 100; depth += 25) {
      if (job_index == 12 && depth == 50) continue;
      for (int sample = 0; sample < 4; ++sample) {
        RunQueries::Point point;
        point.job = job_index;
        point.length_tokens = 4001;  // as measured: the planned length wins
        point.depth = depth;
        // At 4k all are right, at 8k three of four, at 16k none but the last depth.
        bool right = job_index == 10 || (job_index == 11 && sample < 3) || depth == 100;
        point.value = right ? 1.0 : 0.0;
        points.push_back(point);
      }
    }
  }
  return points;
}

}  // namespace loom::test
