// A thin, checked skin over SQLite's C API: every call returns an Error that names the file and,
// for the failures a user meets (locked, read-only, full, corrupt), what to do.
#pragma once

#include <sqlite3.h>

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "core/base/result.h"

namespace loom {

struct Blob {
  std::string_view bytes;
};

class Database;

// A statement with its values bound. Goes back to the database's cache when it dies.
class Statement {
 public:
  Statement(Database& database, sqlite3_stmt* statement) : database_(&database), raw_(statement) {}
  Statement(Statement&& other) noexcept : database_(other.database_), raw_(other.raw_) {
    other.raw_ = nullptr;
  }
  Statement& operator=(Statement&&) = delete;
  ~Statement();

  Result<bool> step();  // true: a row stands ready

  int64_t integer(int column) const { return sqlite3_column_int64(raw_, column); }
  size_t size(int column) const;  // negative values, which we never write, read as 0
  double real(int column) const { return sqlite3_column_double(raw_, column); }
  bool is_null(int column) const { return sqlite3_column_type(raw_, column) == SQLITE_NULL; }
  std::optional<double> optional_real(int column) const;
  std::string text(int column) const;
  std::string blob(int column) const;

  void bind(int place, int64_t value) { sqlite3_bind_int64(raw_, place, value); }
  void bind(int place, int value) { sqlite3_bind_int64(raw_, place, value); }
  void bind(int place, size_t value) {
    sqlite3_bind_int64(raw_, place, static_cast<int64_t>(value));
  }
  void bind(int place, bool value) { sqlite3_bind_int(raw_, place, value); }
  void bind(int place, double value) { sqlite3_bind_double(raw_, place, value); }
  void bind(int place, const std::optional<double>& value);
  void bind(int place, std::string_view value);
  void bind(int place, const std::string& value) { bind(place, std::string_view(value)); }
  void bind(int place, const char* value) { bind(place, std::string_view(value)); }
  void bind(int place, Blob value);
  // A value of another statement's row, with its type.
  void copy(int place, const Statement& row, int column) {
    sqlite3_bind_value(raw_, place, sqlite3_column_value(row.raw_, column));
  }

 private:
  Database* database_;
  sqlite3_stmt* raw_;
};

class Database {
 public:
  // query: writes are refused, and a file that this user or this disk lets nobody write is read.
  enum class Mode { create, existing, query };
  static Result<std::unique_ptr<Database>> open(const std::filesystem::path& file, Mode mode);
  ~Database();
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  // Several statements without values.
  Status script(const std::string& sql);
  // sql must outlive nothing: it is copied. Values are bound in order.
  template <typename... Values>
  Result<Statement> query(const std::string& sql, const Values&... values) {
    LOOM_TRY(Statement statement, prepare(sql));
    int place = 0;
    (statement.bind(++place, values), ...);
    return statement;
  }
  template <typename... Values>
  Status run(const std::string& sql, const Values&... values) {
    LOOM_TRY(Statement statement, query(sql, values...));
    LOOM_TRY(bool row, statement.step());
    (void)row;
    return {};
  }
  // The first column of the first row, 0 when there is none.
  template <typename... Values>
  Result<int64_t> number(const std::string& sql, const Values&... values) {
    LOOM_TRY(Statement statement, query(sql, values...));
    LOOM_TRY(bool row, statement.step());
    return row ? statement.integer(0) : int64_t{0};
  }
  int64_t last_id() const { return sqlite3_last_insert_rowid(raw_); }
  size_t changes() const { return static_cast<size_t>(sqlite3_changes(raw_)); }
  const std::filesystem::path& file() const { return file_; }
  bool is_read_only() const { return read_only_; }
  Error error(int code) const;
  sqlite3* raw() { return raw_; }

 private:
  friend class Statement;
  explicit Database(std::filesystem::path file) : file_(std::move(file)) {}
  Status connect(const std::string& name, int flags);
  bool lacks_index_of_log();
  Result<Statement> prepare(const std::string& sql);
  void give_back(sqlite3_stmt* statement);

  std::filesystem::path file_;
  sqlite3* raw_ = nullptr;
  bool read_only_ = false;
  std::unordered_multimap<std::string, sqlite3_stmt*> idle_;
};

}  // namespace loom
