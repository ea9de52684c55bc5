#include "core/history/run_list.h"

#include <algorithm>

#include "core/base/bounded_json.h"
#include "core/history/sample_rows.h"
#include "core/history/search_words.h"
#include "core/history/summary_rows.h"

namespace loom {
namespace {

using nlohmann::json;

constexpr const char* kColumns =
    "id,name,created,state,models,benchmarks,tags,fingerprint,message,samples_planned,"
    "samples_done,samples_failed,wall_s,mean";

std::vector<std::string> names_from(const std::string& list) {
  std::vector<std::string> names;
  json array = parse_bounded(list);
  if (array.is_array())
    for (const json& name : array)
      if (name.is_string()) names.push_back(name.get<std::string>());
  return names;
}

RunRow run_row(const Statement& row) {
  RunRow run;
  run.id = row.integer(0);
  run.name = row.text(1);
  run.created = row.text(2);
  run.state = static_cast<RunState>(std::clamp<int64_t>(row.integer(3), 0, 6));
  run.models = names_from(row.text(4));
  run.benchmarks = names_from(row.text(5));
  run.tags = names_from(row.text(6));
  run.fingerprint = row.text(7);
  run.message = row.text(8);
  run.samples_planned = row.size(9);
  run.samples_done = row.size(10);
  run.samples_failed = row.size(11);
  run.wall_s = row.real(12);
  run.mean = row.optional_real(13);
  return run;
}

// The conditions of a filter; values are bound in the order ?1 text, ?2 tag, ?3 before, ?4 limit.
std::string conditions(const RunFilter& filter) {
  std::string sql = filter.deleted ? " deleted=1" : " deleted=0";
  if (!filter.states.empty()) {
    std::string list;
    for (RunState state : filter.states)
      list += (list.empty() ? "" : ",") + std::to_string(static_cast<int>(state));
    sql += " AND state IN(" + list + ")";
  }
  if (!match_query(filter.text).empty())
    sql += " AND id IN(SELECT rowid FROM run_text WHERE run_text MATCH ?1)";
  if (!filter.tag.empty())
    sql += " AND EXISTS(SELECT 1 FROM json_each(run.tags) WHERE json_each.value=?2)";
  return sql;
}

}  // namespace

Result<size_t> count_run_rows(Database& database, const RunFilter& filter) {
  LOOM_TRY(Statement row, database.query("SELECT count(*) FROM run WHERE" + conditions(filter)));
  row.bind(1, match_query(filter.text));
  row.bind(2, filter.tag);
  LOOM_TRY(bool found, row.step());
  return found ? row.size(0) : size_t{0};
}

Result<std::vector<RunRow>> read_run_rows(Database& database, const RunFilter& filter,
                                          int64_t before_id, size_t limit) {
  LOOM_TRY(Statement row,
           database.query(std::string("SELECT ") + kColumns + " FROM run WHERE" +
                          conditions(filter) + " AND id<?3 ORDER BY id DESC LIMIT ?4"));
  row.bind(1, match_query(filter.text));
  row.bind(2, filter.tag);
  row.bind(3, before_id > 0 ? before_id : INT64_MAX);
  row.bind(4, limit);
  std::vector<RunRow> rows;
  for (;;) {
    LOOM_TRY(bool more, row.step());
    if (!more) return rows;
    rows.push_back(run_row(row));
  }
}

Result<std::vector<int64_t>> read_run_ids(Database& database, const RunFilter& filter) {
  LOOM_TRY(Statement row,
           database.query("SELECT id FROM run WHERE" + conditions(filter) + " ORDER BY id DESC"));
  row.bind(1, match_query(filter.text));
  row.bind(2, filter.tag);
  std::vector<int64_t> ids;
  for (;;) {
    LOOM_TRY(bool more, row.step());
    if (!more) return ids;
    ids.push_back(row.integer(0));
  }
}

Result<std::vector<std::string>> read_tags(Database& database) {
  LOOM_TRY(Statement row, database.query("SELECT DISTINCT json_each.value FROM run,"
                                         "json_each(run.tags) WHERE deleted=0 ORDER BY 1"));
  std::vector<std::string> tags;
  for (;;) {
    LOOM_TRY(bool more, row.step());
    if (!more) return tags;
    tags.push_back(row.text(0));
  }
}

Result<RunRow> read_run_row(Database& database, int64_t run) {
  LOOM_TRY(Statement row,
           database.query(std::string("SELECT ") + kColumns + " FROM run WHERE id=?", run));
  LOOM_TRY(bool found, row.step());
  if (!found) return no_such_run(run);
  return run_row(row);
}

Result<Provenance> read_provenance(Database& database, int64_t run) {
  Provenance provenance;
  LOOM_TRY(provenance.plan, read_stored_plan(database, run));
  LOOM_TRY(RunRow row, read_run_row(database, run));
  provenance.fingerprint = row.fingerprint;
  LOOM_TRY(Statement model,
           database.query("SELECT description FROM model WHERE run=? ORDER BY idx", run));
  LOOM_TRY(Statement device, database.query("SELECT name,kind,memory_bytes,program_version,"
                                            "torch_version,kernel_version FROM device WHERE run=?",
                                            run));
  LOOM_TRY(Statement event,
           database.query("SELECT time,kind,text FROM event WHERE run=? ORDER BY id", run));
  for (;;) {
    LOOM_TRY(bool more, model.step());
    if (!more) break;
    provenance.models.push_back(parse_bounded(model.text(0)));
  }
  for (;;) {
    LOOM_TRY(bool more, device.step());
    if (!more) break;
    provenance.devices.push_back({device.text(0), device.text(1), device.size(2), device.text(3),
                                  device.text(4), device.text(5)});
  }
  for (;;) {
    LOOM_TRY(bool more, event.step());
    if (!more) break;
    provenance.events.push_back({event.text(0), event.text(1), event.text(2)});
  }
  return provenance;
}

}  // namespace loom
