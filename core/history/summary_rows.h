// Jobs and the numbers over their samples, read from the tables.
#pragma once

#include "core/evaluation/run_summary.h"
#include "core/history/database.h"

namespace loom {

std::string job_definition(const Job& job);
Result<EvaluationPlan> read_stored_plan(Database& database, int64_t run);
Result<std::vector<Job>> read_stored_jobs(Database& database, int64_t run);
Result<RunSummary> read_summary(Database& database, int64_t run);
Error no_such_run(int64_t run);

}  // namespace loom
