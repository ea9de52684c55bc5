#include "core/history/run_copy.h"

#include <algorithm>
#include <vector>

#include "core/base/hash.h"
#include "core/history/compressed_text.h"
#include "core/history/sample_rows.h"
#include "core/history/summary_rows.h"

namespace loom {
namespace {

// Copies the named columns of all rows that belong to `old_id` and puts `new_id` in its place.
// Types are kept as they are stored.
Status copy_rows(Database& source, Database& target, const std::string& table,
                 const std::string& key, const std::vector<std::string>& columns, int64_t old_id,
                 int64_t new_id) {
  std::string names, places = "?";
  for (const std::string& column : columns) {
    names += "," + column;
    places += ",?";
  }
  LOOM_TRY(Statement rows,
           source.query("SELECT " + names.substr(1) + " FROM " + table + " WHERE " + key + "=?",
                        old_id));
  for (;;) {
    LOOM_TRY(bool more, rows.step());
    if (!more) return {};
    LOOM_TRY(Statement insert,
             target.query("INSERT INTO " + table + "(" + key + names + ") VALUES(" + places + ")",
                          new_id));
    for (size_t i = 0; i < columns.size(); ++i)
      insert.copy(static_cast<int>(i) + 2, rows, static_cast<int>(i));
    LOOM_TRY(bool row, insert.step());
    (void)row;
  }
}

// The document of the same hash in the target, copied there when it is missing. Its text must have
// the hash it claims, or it could stand in for another run's prompt.
Result<int64_t> copy_document(Database& source, Database& target, int64_t document,
                              std::map<int64_t, int64_t>& known) {
  if (document == 0) return int64_t{0};
  if (auto found = known.find(document); found != known.end()) return found->second;
  LOOM_TRY(Statement row, source.query("SELECT hash,body FROM document WHERE id=?", document));
  LOOM_TRY(bool exists, row.step());
  if (!exists) return Error{ErrorKind::corrupt, "a prompt is missing", source.file().string(), ""};
  LOOM_TRY(int64_t id, target.number("SELECT id FROM document WHERE hash=?", row.text(0)));
  if (id == 0) {
    std::string body = row.blob(1);
    LOOM_TRY(std::string text, expand_text(body));
    if (sha256(text) != row.text(0))
      return Error{ErrorKind::corrupt, "a prompt is not the one its checksum names",
                   source.file().string(), ""};
    LOOM_CHECK(target.run("INSERT INTO document(hash,body) VALUES(?,?)", row.text(0), Blob{body}));
    id = target.last_id();
    LOOM_CHECK(index_document(target, id, text));
  }
  known[document] = id;
  return id;
}

const std::vector<std::string> kRunColumns = {
    "name",         "created",        "state",      "message", "plan",
    "fingerprint",  "models",         "benchmarks", "tags",    "samples_planned",
    "samples_done", "samples_failed", "wall_s",     "mean"};
const std::vector<std::string> kSampleColumns = {
    "job",       "idx",         "record",        "identity",  "state",           "document_bytes",
    "rest",      "context_end", "prompt_tokens", "truncated", "intended_tokens", "sent_tokens",
    "cut_begin", "cut_end",     "evidence_lost", "evidence",  "reference",       "metadata",
    "depth",     "error",       "first_words",   "score"};

std::string joined(const std::vector<std::string>& names) {
  std::string list;
  for (const std::string& name : names) list += (list.empty() ? "" : ",") + name;
  return list;
}

Result<int64_t> copy_run_row(Database& source, int64_t run, Database& target, bool coming_in) {
  LOOM_TRY(Statement row,
           source.query("SELECT " + joined(kRunColumns) + " FROM run WHERE id=?", run));
  LOOM_TRY(bool found, row.step());
  if (!found) return no_such_run(run);
  std::string places = "?";
  for (size_t i = 0; i < kRunColumns.size(); ++i) places += ",?";
  LOOM_TRY(Statement insert, target.query("INSERT INTO run(deleted,imported," +
                                              joined(kRunColumns) + ") VALUES(?," + places + ")",
                                          coming_in, coming_in));
  for (size_t i = 0; i < kRunColumns.size(); ++i)
    insert.copy(static_cast<int>(i) + 3, row, static_cast<int>(i));
  LOOM_TRY(bool more, insert.step());
  (void)more;
  int64_t id = target.last_id();
  LOOM_CHECK(
      target.run("INSERT INTO run_text(rowid,name,models,benchmarks,tags) "
                 "SELECT id,name,models,benchmarks,tags FROM run WHERE id=?",
                 id));
  return id;
}

// The id of the copy.
Result<int64_t> copy_sample(Database& source, Database& target, const Statement& row,
                            int64_t new_run, std::map<int64_t, int64_t>& documents) {
  LOOM_TRY(int64_t document, copy_document(source, target, row.integer(1), documents));
  std::string places = "?,nullif(?,0)";
  for (size_t i = 0; i < kSampleColumns.size(); ++i) places += ",?";
  LOOM_TRY(Statement insert, target.query("INSERT INTO sample(run,document," +
                                              joined(kSampleColumns) + ") VALUES(" + places + ")",
                                          new_run, document));
  constexpr int kRestColumn = 6;
  for (size_t i = 0; i < kSampleColumns.size(); ++i)
    insert.copy(static_cast<int>(i) + 3, row, static_cast<int>(i) + 2);
  LOOM_TRY(bool more, insert.step());
  (void)more;
  int64_t old_id = row.integer(0), id = target.last_id();
  LOOM_TRY(std::string rest, expand_text(row.blob(2 + kRestColumn)));
  LOOM_CHECK(index_rest(target, id, rest));
  LOOM_CHECK(copy_rows(source, target, "prediction", "sample",
                       {"text", "ids", "finish_reason", "tokens_prefilled", "tokens_reused",
                        "tokens_generated", "peak_memory_bytes", "attempt", "remembered"},
                       old_id, id));
  LOOM_CHECK(copy_rows(source, target, "timing", "sample",
                       {"tokenise_s", "prefill_new_s", "prefill_reused_s", "decode_s"}, old_id,
                       id));
  LOOM_CHECK(copy_rows(source, target, "score", "sample",
                       {"metric", "version", "value", "parsed", "rule", "parts"}, old_id, id));
  return id;
}

}  // namespace

Result<int64_t> RunCopy::begin(Database& target, bool coming_in) {
  coming_in_ = coming_in;
  LOOM_TRY(copy_, copy_run_row(source_, run_, target, coming_in));
  auto copied = [&](const char* table, const std::vector<std::string>& columns) {
    return copy_rows(source_, target, table, "run", columns, run_, copy_);
  };
  LOOM_CHECK(copied("job", {"idx", "definition", "wall_s"}));
  LOOM_CHECK(copied("model", {"idx", "description"}));
  LOOM_CHECK(copied("device", {"name", "kind", "memory_bytes", "program_version", "torch_version",
                               "kernel_version"}));
  LOOM_CHECK(copied("event", {"time", "kind", "text"}));
  LOOM_TRY(int64_t samples, source_.number("SELECT count(*) FROM sample WHERE run=?", run_));
  samples_ = static_cast<double>(samples);
  LOOM_TRY(Statement rows,
           source_.query("SELECT id,coalesce(document,0)," + joined(kSampleColumns) +
                             " FROM sample WHERE run=? ORDER BY id",
                         run_));
  rows_.emplace(std::move(rows));
  return copy_;
}

Result<bool> RunCopy::next(Database& target, size_t samples) {
  for (size_t i = 0; i < samples; ++i) {
    LOOM_TRY(bool more, rows_->step());
    if (!more) return false;
    LOOM_TRY(int64_t id, copy_sample(source_, target, *rows_, copy_, documents_));
    if (coming_in_) LOOM_CHECK(check_sample(target, id));
    ++copied_;
  }
  return true;
}

double RunCopy::share() const {
  return samples_ > 0 ? std::min(copied_ / samples_, 1.0) : 1;
}

Status check_same_schema(Database& foreign, Database& ours) {
  const std::string objects =
      "SELECT group_concat(type||char(10)||name||char(10)||coalesce(sql,''),char(10)) FROM "
      "(SELECT * FROM sqlite_master ORDER BY type,name)";
  LOOM_TRY(Statement theirs, foreign.query(objects));
  LOOM_TRY(Statement mine, ours.query(objects));
  LOOM_TRY(bool one, theirs.step());
  LOOM_TRY(bool two, mine.step());
  if (one && two && theirs.text(0) == mine.text(0)) return {};
  return Error{ErrorKind::corrupt, "the tables of this file are not those of a LoomScope history",
               foreign.file().string(), "Export the run again on the machine it came from"};
}

}  // namespace loom
