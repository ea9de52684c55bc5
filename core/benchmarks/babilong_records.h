// BABILong made here, at any length in the tested model's tokens.
#pragma once

#include "core/benchmarks/benchmark.h"

namespace loom {

Result<TaskRecords> babilong_records(const TaskRequest& request, const Wording& wording,
                                     std::stop_token stop);

}  // namespace loom
