// Settings that differ between runs and make their scores incomparable.
#pragma once

#include <QStringList>

#include "core/evaluation/evaluation_plan.h"

namespace loom::ui {

// One entry per setting, with the runs' values: "Truncation: middle ≠ head".
QStringList setting_differences(const std::vector<EvaluationPlan>& plans);

}  // namespace loom::ui
