// The row of a run, what is searched of it, and its end.
#pragma once

#include <string>
#include <vector>

#include "core/evaluation/evaluation_plan.h"
#include "core/evaluation/job.h"
#include "core/history/database.h"

namespace loom {

std::string now_utc();  // 2026-01-31T23:59:59Z
// With its jobs; the number of the new run.
Result<int64_t> insert_run(Database& database, const EvaluationPlan& plan,
                           const std::vector<Job>& jobs);
// After a change of name or tags.
Status index_run(Database& database, int64_t run);
Status insert_event(Database& database, int64_t run, const std::string& kind,
                    const std::string& text);
// Nothing where the run is not marked as deleted. Documents are shared between runs; those of no
// other run go with this one.
Status purge_run(Database& database, int64_t run);

}  // namespace loom
