// A stored run's answers judged: every verdict is stored at once as a score beside the run's own.
#pragma once

#include <functional>

#include "core/history/run_queries.h"
#include "core/judge/judge.h"

namespace loom {

struct JudgedSample {
  int64_t sample = 0;
  int job = 0, index = 0;
  std::string benchmark, task, record_id;
  bool truncated = false;
  std::string metric;  // that the verdict is stored under, and its version
  int metric_version = 0;
  Verdict verdict;
  std::optional<Error> error;  // this question could not be asked
};

struct JudgeProgress {
  size_t done = 0, planned = 0, unparsed = 0, failed = 0;
};

struct JudgeRequest {
  int64_t run = 0;
  const Rubric* rubric = nullptr;  // none: each task's own, and only tasks that have one
  size_t limit = 0;                // per task and length; 0: all
  std::function<void(const JudgeProgress&)> progress = [](const JudgeProgress&) {};
};

struct JudgedRun {
  std::vector<JudgedSample> samples;
  size_t without_reference = 0;  // not asked
  // Why it ended early: stopped, or the judge failed. What stands in `samples` is stored.
  std::optional<Error> ended_by;
};

// The metric's name in the store, "judge_correct:MODEL": two judges' verdicts stand side by side.
std::string judge_metric(const std::string& rubric, const JudgeModel& model);
// What a judge sees of a sample: the question without its document, the reference, the answer.
JudgeCase judge_case(const Sample& sample, const std::string& metric);
// A judge grades answers, not the thoughts before them: takes out what an answer has up to its last
// </think>, in each part where two answers were joined, as scorers do when they are told to. An
// unfinished thought stays, since no answer follows it. Returns how many bytes went.
size_t leave_thought_aside(Sample& sample);
// Says so in the verdict.
void note_thought(Verdict& verdict, size_t bytes);

// Some of the run's tasks have a rubric of their own.
bool has_task_rubrics(const RunSummary& run);
// How many questions a judging comes to, about; without those on the labelled cases.
size_t expected_questions(const JudgeRequest& request, const RunSummary& run);

// Where each task is judged by its own rubric and has no score without, the verdicts become its
// scores when the judging ends, however it ends.
Result<JudgedRun> judge_run(Judge& judge, const JudgeRequest& request, const RunQueries& queries,
                            RunStore& store, std::stop_token stop);

}  // namespace loom
