// What a model column is called in tables, charts and the names of exported files.
#pragma once

#include <string>
#include <vector>

#include "core/evaluation/job.h"

namespace loom {

// The model's name; what tells it apart from others of that name is added.
std::string distinct_name(const std::vector<PlanModel>& models, const PlanModel& model);
// The model's name, then the server where the plan has several, then the augmentation. No two
// columns of a plan are called the same: what tells them apart is added.
std::string column_label(const EvaluationPlan& plan, const Job& job);

}  // namespace loom
