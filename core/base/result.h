// Values or errors. Expected failures (a missing file, a wrong checksum, a refusing server, a
// cancelled run) are results; broken promises are assertions. The one place that names the
// stand-in for std::expected, which our compilers' C++20 mode lacks.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <variant>

namespace loom {

enum class ErrorKind {
  not_found,      // a file, task, model or run that was named does not exist
  invalid_input,  // what the user or a file says makes no sense
  unsupported,    // understood, but not done by this program or machine
  corrupt,        // a file or message that breaks its own format
  io,             // the system refused to read, write, start or connect
  out_of_memory,
  cancelled,
  server,   // an engine or endpoint failed
  timeout,
  conflict,  // someone else holds it, or it exists already
  internal
};

// What happened, to what, and what to do now. `where` is a file with line or offset, a field path
// or a task name; `remedy` is one sentence, empty when there is nothing to advise.
struct Error {
  ErrorKind kind = ErrorKind::internal;
  std::string message;
  std::string where;
  std::string remedy;
};

// Stable names for exports and for `--json`, for example "not_found".
const char* to_string(ErrorKind kind);
std::optional<ErrorKind> error_kind_from(const std::string& name);
// "where: message (remedy)" in one line, for terminals and logs.
std::string describe(const Error& error);

template <typename T>
class [[nodiscard]] Result {
 public:
  Result(T value) : content_(std::in_place_index<0>, std::move(value)) {}
  Result(Error error) : content_(std::in_place_index<1>, std::move(error)) {}

  explicit operator bool() const { return content_.index() == 0; }
  bool has_value() const { return content_.index() == 0; }
  T& operator*() & { return std::get<0>(content_); }
  const T& operator*() const& { return std::get<0>(content_); }
  // By value, so that `for (x : *f())` does not walk through something that is gone.
  T operator*() && { return std::get<0>(std::move(content_)); }
  T* operator->() { return &std::get<0>(content_); }
  const T* operator->() const { return &std::get<0>(content_); }
  const Error& error() const { return std::get<1>(content_); }
  T value_or(T fallback) const { return has_value() ? **this : std::move(fallback); }

 private:
  std::variant<T, Error> content_;
};

template <>
class [[nodiscard]] Result<void> {
 public:
  Result() = default;
  Result(Error error) : error_(std::move(error)) {}
  explicit operator bool() const { return !error_; }
  bool has_value() const { return !error_; }
  const Error& error() const { return *error_; }

 private:
  std::optional<Error> error_;
};
using Status = Result<void>;

}  // namespace loom

// LOOM_TRY(auto file, open(path));  binds the value or returns the error from the caller.
#define LOOM_TRY_JOIN2(a, b) a##b
#define LOOM_TRY_JOIN(a, b) LOOM_TRY_JOIN2(a, b)
#define LOOM_TRY_IMPL(result, declaration, expression) \
  auto result = (expression);                          \
  if (!result) return result.error();                  \
  declaration = std::move(*result)
#define LOOM_TRY(declaration, expression) \
  LOOM_TRY_IMPL(LOOM_TRY_JOIN(loom_result_, __LINE__), declaration, expression)
// LOOM_CHECK(status_expression);  returns the error from the caller.
#define LOOM_CHECK_IMPL(status, expression) \
  if (auto status = (expression); !status) return status.error()
#define LOOM_CHECK(expression) LOOM_CHECK_IMPL(LOOM_TRY_JOIN(loom_status_, __LINE__), expression)
