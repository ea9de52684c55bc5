// Questions on a starter document: a value, which of four statements holds, or which of four
// entries has the smallest value.
#pragma once

#include "core/benchmarks/benchmark.h"

namespace loom {

// `data` is the task's file in resources/data/starter, `wording` its part of the template file.
Result<std::vector<Record>> starter_records(const TaskRequest& request, const nlohmann::json& data,
                                            const nlohmann::json& wording);

}  // namespace loom
