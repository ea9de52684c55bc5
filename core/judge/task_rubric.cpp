#include "core/judge/task_rubric.h"

#include <algorithm>
#include <array>

namespace loom {
namespace {

constexpr std::string_view kCitationQuestions[] = {"citation_need", "citation_support",
                                                   "citation_use"};
constexpr std::string_view kSafetyQuestions[] = {"safety"};

constexpr std::string_view kSupportQuestion[] = {"citation_support"};
// Their citations are scored by rule.
constexpr std::string_view kSyntheticTasks[] = {"counting_stars", "niah"};

constexpr std::array<TaskRubric, 4> kTaskRubrics{{
    {"l_citeeval", "l_citeeval", 1, false, 4, kSupportQuestion, kSyntheticTasks, judge_l_citeeval},
    {"longcite", "longcite", 1, true, 16, kCitationQuestions, {}, judge_longcite},
    // An instruction's risks and its document's summary serve both of its answers.
    {"longsafety", "longsafety", 1, true, 2, kSafetyQuestions, {}, judge_longsafety},
    {"longwriter", "longwriter", 1, false, 1, {}, {}, judge_longwriter},
}};

}  // namespace

std::span<const TaskRubric> all_task_rubrics() {
  return kTaskRubrics;
}

const TaskRubric* task_rubric(const std::string& benchmark, const std::string& task) {
  const auto found =
      std::find_if(kTaskRubrics.begin(), kTaskRubrics.end(), [&](const TaskRubric& rubric) {
        const auto& without = rubric.without;
        return benchmark == rubric.benchmark &&
               std::find(without.begin(), without.end(), task) == without.end();
      });
  return found == kTaskRubrics.end() ? nullptr : &*found;
}

std::set<std::string_view> labelled_questions(const RunSummary& run) {
  std::set<std::string_view> questions;
  for (const JobSummary& job : run.jobs)
    if (const TaskRubric* rubric = task_rubric(job.job.benchmark_id, job.job.task))
      questions.insert(rubric->labelled.begin(), rubric->labelled.end());
  return questions;
}

}  // namespace loom
