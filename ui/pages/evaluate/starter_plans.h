// The plans behind the three starter cards, made for the models and benchmarks that are here.
#pragma once

#include "core/catalog/local_models.h"
#include "core/evaluation/evaluation_plan.h"

namespace loom::ui {

// Length benchmarks at every offered length that the model reads and that ends in a sensible time
// without a GPU. No benchmarks when none of them is in the catalogue.
EvaluationPlan memory_plan(const LocalModel* model, const Catalog& catalog);
// The suite LOOMBENCH, whole, so that scores can stand beside published ones, on every model that
// answers. No benchmarks when the suite is not in the catalogue.
EvaluationPlan comparison_plan(const std::vector<LocalModel>& models, const Catalog& catalog,
                               const std::filesystem::path& data_folder);

}  // namespace loom::ui
