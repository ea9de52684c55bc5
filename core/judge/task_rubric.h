// How the answers of particular benchmarks are judged, in the shape of their official scores: one
// or many questions to the judge for each answer, and what comes of them. The questions are ours.
#pragma once

#include "core/evaluation/sample.h"
#include "core/judge/judge.h"

namespace loom {

struct TaskRubric {
  const char* benchmark;
  const char* id;  // the metric is judge_<id>
  int version;     // raised with every change of the questions or of what is made of them
  // The benchmark has no score without a judge: the verdicts stand for it.
  bool is_the_score;
  double questions;  // to expect for an answer, for estimates
  // The verdict's parts hold "figures" and "pair" as JudgedSummary reads them. An Error as in
  // Judge::ask.
  Result<Verdict> (*judge)(Judge& judge, const Sample& sample, std::stop_token stop);
};

// Names the task rubrics as a choice beside the ids of all_rubrics().
inline constexpr const char* kTaskRubric = "task";

std::span<const TaskRubric> all_task_rubrics();
// None: the benchmark has none of its own.
const TaskRubric* task_rubric(const std::string& benchmark);

Result<Verdict> judge_longcite(Judge& judge, const Sample& sample, std::stop_token stop);
Result<Verdict> judge_longsafety(Judge& judge, const Sample& sample, std::stop_token stop);
Result<Verdict> judge_longwriter(Judge& judge, const Sample& sample, std::stop_token stop);

}  // namespace loom
