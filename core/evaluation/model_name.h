// What a model is called in tables, charts and lists.
#pragma once

#include <string>

#include "core/evaluation/evaluation_plan.h"

namespace loom {

// The plan's own name for it; else the last part of its path, without .gguf.
std::string model_name(const PlanModel& model);

}  // namespace loom
