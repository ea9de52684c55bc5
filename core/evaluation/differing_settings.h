// Settings in which the plans of runs differ, so that a difference of their scores is one of more
// than models.
#pragma once

#include <span>

#include "core/evaluation/evaluation_plan.h"

namespace loom {

enum class PlanSetting {
  chat_template,
  rule_set,
  prompts,
  thoughts,
  truncation,
  maximal_length,
  decoding,
  samples  // generated benchmarks draw the same records only from equal seeds and parameters
};

// "chat template", as scripts read it.
const char* to_string(PlanSetting setting);

struct DifferingSetting {
  PlanSetting setting;
  std::vector<std::string> values;  // each once, two at least, in the order of the plans
  std::vector<size_t> plans;        // for each value the first plan that has it
};

// In the order of PlanSetting. What has no effect is no difference: the seed of greedy decoding.
std::vector<DifferingSetting> differing_settings(std::span<const EvaluationPlan> plans);

}  // namespace loom
