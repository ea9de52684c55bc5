// The rows of the Runs page and of a run's provenance.
#pragma once

#include "core/history/database.h"
#include "core/history/run_queries.h"

namespace loom {

Result<size_t> count_run_rows(Database& database, const RunFilter& filter);
Result<std::vector<RunRow>> read_run_rows(Database& database, const RunFilter& filter,
                                          int64_t before_id, size_t limit);
Result<std::vector<int64_t>> read_run_ids(Database& database, const RunFilter& filter);
Result<std::vector<std::string>> read_tags(Database& database);
Result<RunRow> read_run_row(Database& database, int64_t run);
Result<Provenance> read_provenance(Database& database, int64_t run);

}  // namespace loom
