// Why samples failed, counted over a run.
#pragma once

#include "core/history/database.h"
#include "core/history/run_queries.h"

namespace loom {

Result<std::vector<FailureReason>> read_failures(Database& database, int64_t run, size_t limit);

}  // namespace loom
