// How many answers to one question a metric takes.
#pragma once

#include "core/catalog/rule_sets.h"
#include "core/predictions/predictions.h"

namespace loom {

// pass@k takes several programs for each problem, k at least; any other metric takes one answer to
// each question, and the error names both lines of one that is answered twice.
Status check_answer_counts(const PredictionSet& set, const TaskRule& rule);

}  // namespace loom
