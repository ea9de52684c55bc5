// Verdicts of judges, read and taken for scores.
#pragma once

#include "core/history/database.h"
#include "core/history/run_queries.h"

namespace loom {

Result<std::vector<JudgedJob>> read_judged(Database& database, int64_t run);
// As RunStore::take_judgements, without the run's mean.
Status take_verdicts(Database& database, int64_t run, int job, const std::string& metric,
                     int version);

}  // namespace loom
