// LongWriter: the quality of the writing, without its length. The length score stays the task's
// own; their mean is a figure.
#include "core/judge/judge_run.h"
#include "core/judge/task_rubric.h"

namespace loom {

Result<Verdict> judge_longwriter(Judge& judge, const Sample& sample, std::stop_token stop) {
  LOOM_TRY(const Rubric* quality, find_rubric("quality"));
  LOOM_TRY(Verdict verdict, judge.ask(*quality, judge_case(sample, ""), stop));
  if (!verdict.value) return verdict;
  nlohmann::json figures = nlohmann::json::object();
  for (const auto& [name, grade] : verdict.parts.items())
    figures[name] = (grade.get<double>() - quality->low) / (quality->high - quality->low);
  if (sample.score && sample.score->value)
    figures["length and quality"] = (*sample.score->value + *verdict.value) / 2;
  verdict.parts["figures"] = std::move(figures);
  return verdict;
}

}  // namespace loom
