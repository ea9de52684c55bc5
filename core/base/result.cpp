#include "core/base/result.h"

#include <array>

#include "core/base/printable_text.h"

namespace loom {
namespace {
constexpr std::array kNames = {"not_found", "invalid_input", "unsupported", "corrupt",
                               "io",        "out_of_memory", "cancelled",   "server",
                               "timeout",   "conflict",      "internal"};
}

const char* to_string(ErrorKind kind) {
  return kNames.at(static_cast<size_t>(kind));
}

std::optional<ErrorKind> error_kind_from(const std::string& name) {
  for (size_t i = 0; i < kNames.size(); ++i)
    if (name == kNames[i]) return static_cast<ErrorKind>(i);
  return std::nullopt;
}

std::string describe(const Error& error) {
  std::string text = error.where.empty() ? error.message : error.where + ": " + error.message;
  if (!error.remedy.empty()) text += " (" + error.remedy + ")";
  return printable_text(text);
}

}  // namespace loom
