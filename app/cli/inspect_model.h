// models inspect: one model in full, in words or as JSON.
#pragma once

#include "app/cli/command.h"
#include "core/catalog/local_models.h"

namespace loom::cli {

// `listed`: the fields that `models ls` gives.
Result<int> inspect_model_in_full(const Invocation& invocation, const LocalModel& model,
                                  nlohmann::json listed);

}  // namespace loom::cli
