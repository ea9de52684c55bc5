// What a plan names twice. It would be run twice, and count twice in every mean.
#pragma once

#include "core/evaluation/evaluation_plan.h"

namespace loom {

// An error for every entry that does work which an earlier one does already.
std::vector<Error> plan_repeats(const EvaluationPlan& plan, const Catalog& catalog);

}  // namespace loom
