// A plan and its estimate in words and figures: the wizard's footer and its Review step.
#pragma once

#include <QString>
#include <QStringList>
#include <optional>

#include "core/execution/run_estimate.h"

namespace loom::ui {

struct PlanCounts {
  size_t benchmarks = 0, models = 0, methods = 0, jobs = 0, samples = 0;
};
PlanCounts count_plan(const EvaluationPlan& plan, const Catalog& catalog);

// "about 47 min"
QString about_duration(double seconds);
// About how long, and at most, where answers may turn out longer than they were so far.
QString time_words(const RunEstimate& estimate);
// What scoring asks of models beside the answers, a line for each kind; empty: nothing.
QStringList scoring_words(const RunEstimate& estimate);
// "3 benchmarks · 2 models · 1 method = 84 jobs · 1,260 samples · about 47 min · fits". Parts of
// the estimate are left out until there is one.
QString plan_line(const PlanCounts& counts, const std::optional<RunEstimate>& estimate);

// One line for each part of the plan.
QString benchmark_words(const EvaluationPlan& plan, const Catalog& catalog);
QString model_words(const EvaluationPlan& plan);
QString method_words(const std::vector<PlanMethod>& chosen,
                     const std::vector<MethodDescription>& offered);
QString settings_words(const EvaluationPlan& plan);
// A name for the run when the user gives none: "RULER, NIAH on SmolLM2-135M-Instruct".
QString suggested_name(const EvaluationPlan& plan, const Catalog& catalog);

}  // namespace loom::ui
