#include "core/history/database.h"

#include <algorithm>
#include <utility>

namespace loom {
namespace {

constexpr int kBusyMilliseconds = 5000;

int open_flags(Database::Mode mode) {
  int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_FULLMUTEX;
  return mode == Database::Mode::create ? flags | SQLITE_OPEN_CREATE : flags;
}

constexpr int kUnchanging = SQLITE_OPEN_READONLY | SQLITE_OPEN_URI | SQLITE_OPEN_FULLMUTEX;

// The file as an address by which SQLite looks for nothing beside it.
std::string unchanging(const std::filesystem::path& file) {
  std::error_code failed;
  const std::string whole = std::filesystem::absolute(file, failed).string();
  std::string address = "file:";
  for (char c : whole) {
    constexpr std::string_view kDigits = "0123456789ABCDEF";
    const auto byte = static_cast<unsigned char>(c);
    if (c == '%' || c == '?' || c == '#')
      address += {'%', kDigits[byte >> 4], kDigits[byte & 15]};
    else
      address += c;
  }
  return address + "?immutable=1";
}

// What the failures that users meet mean and what helps.
struct Meaning {
  int code;
  ErrorKind kind;
  const char* message;
  const char* remedy;
};
constexpr Meaning kMeanings[] = {
    {SQLITE_NOTADB, ErrorKind::corrupt, "this file is not a LoomScope history",
     "Choose another file; this one is left as it is"},
    {SQLITE_CORRUPT, ErrorKind::corrupt, "the history is damaged",
     "Keep a copy of the file, then save what is readable with: sqlite3 FILE .recover"},
    {SQLITE_BUSY, ErrorKind::conflict, "the history is locked by another program",
     "Close the other program and try again"},
    {SQLITE_LOCKED, ErrorKind::conflict, "the history is locked by another program",
     "Close the other program and try again"},
    {SQLITE_READONLY, ErrorKind::io, "the history cannot be written",
     "Give yourself the right to write the file and its folder, or choose another one"},
    {SQLITE_PERM, ErrorKind::io, "the history may not be opened", "Check the file's permissions"},
    {SQLITE_CANTOPEN, ErrorKind::io, "the history cannot be opened",
     "Check that the folder exists and may be written"},
    {SQLITE_FULL, ErrorKind::io, "the disk is full",
     "Make room; what is stored is kept, and the run can be resumed"},
    {SQLITE_IOERR, ErrorKind::io, "the disk refused to read or write", "Check the disk"},
    {SQLITE_NOMEM, ErrorKind::out_of_memory, "out of memory", ""},
};

}  // namespace

Error Database::error(int code) const {
  std::string detail = raw_ ? sqlite3_errmsg(raw_) : sqlite3_errstr(code);
  for (const Meaning& meaning : kMeanings)
    if (meaning.code == (code & 0xff))
      return {meaning.kind, std::string(meaning.message) + " (" + detail + ")", file_.string(),
              meaning.remedy};
  return {ErrorKind::internal, detail, file_.string(), ""};
}

Result<std::unique_ptr<Database>> Database::open(const std::filesystem::path& file, Mode mode) {
  std::unique_ptr<Database> database(new Database(file));
  if (mode == Mode::create && !file.parent_path().empty()) {
    std::error_code failed;
    std::filesystem::create_directories(file.parent_path(), failed);
    if (failed)
      return Error{ErrorKind::io, "the folder cannot be made: " + failed.message(),
                   file.parent_path().string(), "Choose another place for the history"};
  }
  LOOM_CHECK(database->connect(file.string(), open_flags(mode)));
  if (mode != Mode::query) return database;
  if (database->lacks_index_of_log()) LOOM_CHECK(database->connect(unchanging(file), kUnchanging));
  database->read_only_ = true;
  LOOM_CHECK(database->script("PRAGMA query_only=1"));
  return database;
}

Status Database::connect(const std::string& name, int flags) {
  sqlite3_close_v2(std::exchange(raw_, nullptr));
  const int code = sqlite3_open_v2(name.c_str(), &raw_, flags, nullptr);
  if (code != SQLITE_OK) return error(code);
  sqlite3_extended_result_codes(raw_, 1);
  sqlite3_busy_timeout(raw_, kBusyMilliseconds);
  // Views and triggers of a foreign file must not run functions with side effects.
  sqlite3_db_config(raw_, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
  sqlite3_db_config(raw_, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  return {};
}

// A write-ahead log has an index beside it, which SQLite makes also to read. Where it cannot, and
// no log is left, all that is stored stands in the file itself.
bool Database::lacks_index_of_log() {
  if (sqlite3_exec(raw_, "PRAGMA user_version", nullptr, nullptr, nullptr) == SQLITE_OK)
    return false;
  const int reason = sqlite3_errcode(raw_) & 0xff;
  if (reason != SQLITE_CANTOPEN && reason != SQLITE_READONLY) return false;
  std::filesystem::path log = file_;
  log += "-wal";
  std::error_code failed;
  const bool there = std::filesystem::exists(file_, failed);
  return there &&
         (!std::filesystem::exists(log, failed) || std::filesystem::file_size(log, failed) == 0);
}

Database::~Database() {
  for (const auto& [sql, statement] : idle_) sqlite3_finalize(statement);
  sqlite3_close_v2(raw_);
}

Status Database::script(const std::string& sql) {
  int code = sqlite3_exec(raw_, sql.c_str(), nullptr, nullptr, nullptr);
  return code == SQLITE_OK ? Status() : Status(error(code));
}

Result<Statement> Database::prepare(const std::string& sql) {
  if (auto found = idle_.find(sql); found != idle_.end()) {
    sqlite3_stmt* statement = found->second;
    idle_.erase(found);
    return Statement(*this, statement);
  }
  sqlite3_stmt* statement = nullptr;
  int code = sqlite3_prepare_v3(raw_, sql.c_str(), static_cast<int>(sql.size()),
                                SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
  if (code != SQLITE_OK) return error(code);
  return Statement(*this, statement);
}

void Database::give_back(sqlite3_stmt* statement) {
  sqlite3_reset(statement);
  sqlite3_clear_bindings(statement);
  idle_.emplace(sqlite3_sql(statement), statement);
}

Statement::~Statement() {
  if (raw_) database_->give_back(raw_);
}

Result<bool> Statement::step() {
  int code = sqlite3_step(raw_);
  if (code == SQLITE_ROW) return true;
  if (code == SQLITE_DONE) return false;
  return database_->error(code);
}

size_t Statement::size(int column) const {
  return static_cast<size_t>(std::max<int64_t>(integer(column), 0));
}

std::optional<double> Statement::optional_real(int column) const {
  return is_null(column) ? std::nullopt : std::optional(real(column));
}

std::string Statement::text(int column) const {
  const unsigned char* start = sqlite3_column_text(raw_, column);
  if (!start) return {};
  return {reinterpret_cast<const char*>(start),
          static_cast<size_t>(sqlite3_column_bytes(raw_, column))};
}

std::string Statement::blob(int column) const {
  const void* start = sqlite3_column_blob(raw_, column);
  if (!start) return {};
  return {static_cast<const char*>(start), static_cast<size_t>(sqlite3_column_bytes(raw_, column))};
}

void Statement::bind(int place, const std::optional<double>& value) {
  if (value) {
    sqlite3_bind_double(raw_, place, *value);
  } else {
    sqlite3_bind_null(raw_, place);
  }
}

// Values outlive the statement's steps in all our calls, but not always its life: copy.
void Statement::bind(int place, std::string_view value) {
  sqlite3_bind_text64(raw_, place, value.data() ? value.data() : "", value.size(), SQLITE_TRANSIENT,
                      SQLITE_UTF8);
}

void Statement::bind(int place, Blob value) {
  sqlite3_bind_blob64(raw_, place, value.bytes.data() ? value.bytes.data() : "", value.bytes.size(),
                      SQLITE_TRANSIENT);
}

}  // namespace loom
