#include "core/history/migrations.h"

namespace loom {
namespace {

constexpr int kApplicationId = 0x4c4f4f4d;  // "LOOM", in the file's header

// What is bound to a run goes with it; documents are shared by runs and found by their hash.
constexpr const char* kVersion1 = R"sql(
CREATE TABLE run(
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL, created TEXT NOT NULL, state INTEGER NOT NULL, message TEXT NOT NULL,
  plan TEXT NOT NULL, fingerprint TEXT NOT NULL,
  models TEXT NOT NULL, benchmarks TEXT NOT NULL, tags TEXT NOT NULL,
  deleted INTEGER NOT NULL DEFAULT 0,
  samples_planned INTEGER NOT NULL, samples_done INTEGER NOT NULL DEFAULT 0,
  samples_failed INTEGER NOT NULL DEFAULT 0, wall_s REAL NOT NULL DEFAULT 0, mean REAL);
CREATE INDEX run_shown ON run(deleted, id);
CREATE TABLE job(
  run INTEGER NOT NULL REFERENCES run(id) ON DELETE CASCADE, idx INTEGER NOT NULL,
  definition TEXT NOT NULL, wall_s REAL NOT NULL DEFAULT 0,
  PRIMARY KEY(run, idx)) WITHOUT ROWID;
CREATE TABLE model(
  run INTEGER NOT NULL REFERENCES run(id) ON DELETE CASCADE, idx INTEGER NOT NULL,
  description TEXT NOT NULL, PRIMARY KEY(run, idx)) WITHOUT ROWID;
CREATE TABLE device(
  run INTEGER NOT NULL REFERENCES run(id) ON DELETE CASCADE,
  name TEXT NOT NULL, kind TEXT NOT NULL, memory_bytes INTEGER NOT NULL,
  program_version TEXT NOT NULL, torch_version TEXT NOT NULL, kernel_version TEXT NOT NULL,
  UNIQUE(run, name, kind, program_version, torch_version, kernel_version));
CREATE TABLE event(
  id INTEGER PRIMARY KEY, run INTEGER NOT NULL REFERENCES run(id) ON DELETE CASCADE,
  time TEXT NOT NULL, kind TEXT NOT NULL, text TEXT NOT NULL);
CREATE INDEX event_run ON event(run, id);
CREATE TABLE document(
  id INTEGER PRIMARY KEY AUTOINCREMENT, hash TEXT NOT NULL UNIQUE, body BLOB NOT NULL);
CREATE TABLE sample(
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  run INTEGER NOT NULL REFERENCES run(id) ON DELETE CASCADE,
  job INTEGER NOT NULL, idx INTEGER NOT NULL,
  record TEXT NOT NULL, identity TEXT NOT NULL, state INTEGER NOT NULL,
  document INTEGER REFERENCES document(id), document_bytes INTEGER NOT NULL, rest BLOB NOT NULL,
  context_end INTEGER NOT NULL, prompt_tokens INTEGER NOT NULL,
  truncated INTEGER NOT NULL, intended_tokens INTEGER NOT NULL, sent_tokens INTEGER NOT NULL,
  cut_begin INTEGER NOT NULL, cut_end INTEGER NOT NULL, evidence_lost INTEGER NOT NULL,
  evidence TEXT NOT NULL, reference TEXT NOT NULL, metadata TEXT NOT NULL, depth REAL,
  error TEXT, first_words TEXT NOT NULL, score REAL,
  UNIQUE(run, job, idx));
CREATE INDEX sample_document ON sample(document);
CREATE TABLE prediction(
  sample INTEGER PRIMARY KEY REFERENCES sample(id) ON DELETE CASCADE,
  text TEXT NOT NULL, ids BLOB NOT NULL, finish_reason TEXT NOT NULL,
  tokens_prefilled INTEGER NOT NULL, tokens_reused INTEGER NOT NULL,
  tokens_generated INTEGER NOT NULL, peak_memory_bytes INTEGER NOT NULL, attempt INTEGER NOT NULL);
CREATE TABLE timing(
  sample INTEGER PRIMARY KEY REFERENCES sample(id) ON DELETE CASCADE,
  tokenise_s REAL NOT NULL, prefill_new_s REAL NOT NULL, prefill_reused_s REAL NOT NULL,
  decode_s REAL NOT NULL);
CREATE TABLE score(
  sample INTEGER NOT NULL REFERENCES sample(id) ON DELETE CASCADE,
  metric TEXT NOT NULL, version INTEGER NOT NULL, value REAL,
  parsed TEXT NOT NULL, rule TEXT NOT NULL, parts TEXT NOT NULL,
  PRIMARY KEY(sample, metric, version)) WITHOUT ROWID;
CREATE TABLE published_result(
  id INTEGER PRIMARY KEY, source TEXT NOT NULL, source_version TEXT NOT NULL,
  model TEXT NOT NULL, benchmark TEXT NOT NULL, task TEXT NOT NULL, length_tokens INTEGER NOT NULL,
  score REAL NOT NULL);
CREATE VIRTUAL TABLE run_text USING fts5(name, models, benchmarks, tags, prefix='2 3');
CREATE VIRTUAL TABLE document_text USING fts5(body, content='', detail='none', columnsize=0);
CREATE VIRTUAL TABLE rest_text USING fts5(body, content='', detail='none', columnsize=0);
)sql";

// Answers are found again by what was asked. A run that came in from a file is marked: its answers
// are not taken for our own measurements.
constexpr const char* kVersion2 = R"sql(
ALTER TABLE run ADD COLUMN imported INTEGER NOT NULL DEFAULT 0;
ALTER TABLE prediction ADD COLUMN remembered INTEGER NOT NULL DEFAULT 0;
CREATE INDEX sample_identity ON sample(identity);
)sql";

constexpr const char* kSteps[kSchemaVersion] = {kVersion1, kVersion2};

struct Header {
  int64_t application = 0, version = 0, objects = 0;
};

Result<Header> read_header(Database& database) {
  Header header;
  LOOM_TRY(header.application, database.number("PRAGMA application_id"));
  LOOM_TRY(header.version, database.number("PRAGMA user_version"));
  LOOM_TRY(header.objects, database.number("SELECT count(*) FROM sqlite_master"));
  return header;
}

Error foreign(const Database& database) {
  return {ErrorKind::invalid_input, "this SQLite file is not a LoomScope history",
          database.file().string(), "Choose another file; this one is left as it is"};
}

Error newer(const Database& database, int64_t version) {
  return {ErrorKind::unsupported,
          "the history has schema " + std::to_string(version) + ", this program knows " +
              std::to_string(kSchemaVersion),
          database.file().string(), "Use a newer LoomScope, or another history file"};
}

Status apply_steps(Database& database) {
  // Another program may have migrated between our look and our lock.
  LOOM_TRY(Header header, read_header(database));
  for (int64_t step = header.version; step < kSchemaVersion; ++step)
    LOOM_CHECK(database.script(kSteps[step]));
  return database.script("PRAGMA application_id=" + std::to_string(kApplicationId) +
                         ";PRAGMA user_version=" + std::to_string(kSchemaVersion));
}

}  // namespace

Status migrate(Database& database) {
  LOOM_TRY(Header header, read_header(database));
  bool empty = header.application == 0 && header.version == 0 && header.objects == 0;
  if (!empty && header.application != kApplicationId) return foreign(database);
  if (header.version > kSchemaVersion) return newer(database, header.version);
  if (sqlite3_db_readonly(database.raw(), "main") == 1) return database.error(SQLITE_READONLY);
  LOOM_CHECK(
      database.script("PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA foreign_keys=1"));
  if (header.version == kSchemaVersion) return {};
  LOOM_CHECK(database.script("BEGIN IMMEDIATE"));
  Status applied = apply_steps(database);
  if (!applied) {
    (void)database.script("ROLLBACK");
    return applied;
  }
  return database.script("COMMIT");
}

Status bring_up_to_date(Database& database) {
  LOOM_TRY(Header header, read_header(database));
  if (header.application == kApplicationId && header.version > 0 && header.version < kSchemaVersion)
    return migrate(database);
  return check_version(database);
}

Status check_version(Database& database) {
  LOOM_TRY(Header header, read_header(database));
  if (header.application != kApplicationId) return foreign(database);
  if (header.version > kSchemaVersion) return newer(database, header.version);
  if (header.version < kSchemaVersion)
    return Error{ErrorKind::unsupported, "the history has an older schema",
                 database.file().string(), "Open it once with this program to bring it up to date"};
  return {};
}

}  // namespace loom
