#include "core/judge/task_rubric.h"

#include <algorithm>
#include <array>

namespace loom {
namespace {

constexpr std::array<TaskRubric, 3> kTaskRubrics{{
    {"longcite", "longcite", 1, true, 16, judge_longcite},
    // An instruction's risks and its document's summary serve both of its answers.
    {"longsafety", "longsafety", 1, true, 2, judge_longsafety},
    {"longwriter", "longwriter", 1, false, 1, judge_longwriter},
}};

}  // namespace

std::span<const TaskRubric> all_task_rubrics() {
  return kTaskRubrics;
}

const TaskRubric* task_rubric(const std::string& benchmark) {
  const auto found =
      std::find_if(kTaskRubrics.begin(), kTaskRubrics.end(),
                   [&](const TaskRubric& rubric) { return benchmark == rubric.benchmark; });
  return found == kTaskRubrics.end() ? nullptr : &*found;
}

}  // namespace loom
