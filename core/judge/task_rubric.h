// How the answers of particular benchmarks are judged, in the shape of their official scores: one
// or many questions to the judge for each answer, and what comes of them. The questions are ours.
#pragma once

#include <set>

#include "core/evaluation/run_summary.h"
#include "core/judge/judge.h"

namespace loom {

struct TaskRubric {
  const char* benchmark;
  const char* id;  // the metric is judge_<id>
  int version;     // raised with every change of the questions or of what is made of them
  // The benchmark has no score without a judge: the verdicts stand for it.
  bool is_the_score;
  double questions;  // to expect for an answer, for estimates
  // Those whose right verdicts are known for some cases: how far a judge is to be trusted. None:
  // it is measured by "correct".
  std::span<const std::string_view> labelled;
  // Tasks of the benchmark whose own scores lack nothing.
  std::span<const std::string_view> without;
  // The verdict's parts hold "figures" and "pair" as JudgedSummary reads them. An Error as in
  // Judge::ask.
  Result<Verdict> (*judge)(Judge& judge, const Sample& sample, std::stop_token stop);
};

// The field of a sample's metadata that tells a task's judge under which rule set its run is
// scored; there where that is not the official one.
inline constexpr const char* kJudgedRules = "judged_under";

// Names the task rubrics as a choice beside the ids of all_rubrics().
inline constexpr const char* kTaskRubric = "task";

std::span<const TaskRubric> all_task_rubrics();
// None: the task has none of its own.
const TaskRubric* task_rubric(const std::string& benchmark, const std::string& task);

// Over the tasks of a run.
std::set<std::string_view> labelled_questions(const RunSummary& run);

Result<Verdict> judge_l_citeeval(Judge& judge, const Sample& sample, std::stop_token stop);
Result<Verdict> judge_longcite(Judge& judge, const Sample& sample, std::stop_token stop);
Result<Verdict> judge_longsafety(Judge& judge, const Sample& sample, std::stop_token stop);
Result<Verdict> judge_longwriter(Judge& judge, const Sample& sample, std::stop_token stop);

}  // namespace loom
