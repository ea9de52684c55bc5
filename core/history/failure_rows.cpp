#include "core/history/failure_rows.h"

#include "core/base/bounded_json.h"
#include "core/base/error_json.h"

namespace loom {

Result<std::vector<FailureReason>> read_failures(Database& database, int64_t run, size_t limit) {
  // Of a group SQLite takes the row that MIN names.
  LOOM_TRY(Statement row,
           database.query(
               "SELECT error,COUNT(*),MIN(id) FROM sample WHERE run=?1 AND state=2 GROUP BY "
               "CASE WHEN json_valid(error) THEN json_extract(error,'$.message') ELSE error END "
               "ORDER BY 2 DESC,3 LIMIT ?2",
               run, limit));
  std::vector<FailureReason> failures;
  for (;;) {
    LOOM_TRY(bool more, row.step());
    if (!more) return failures;
    failures.push_back({error_from_json(parse_bounded(row.text(0))), row.size(1)});
  }
}

}  // namespace loom
