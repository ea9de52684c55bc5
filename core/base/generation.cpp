#include "core/base/generation.h"

#include <array>

namespace loom {
namespace {
constexpr std::array kNames = {"end_of_text", "stop_string", "token_limit", "window_full"};
}

const char* to_string(FinishReason reason) { return kNames.at(static_cast<size_t>(reason)); }

Result<FinishReason> finish_reason_from(const std::string& name) {
  for (size_t i = 0; i < kNames.size(); ++i)
    if (name == kNames[i]) return static_cast<FinishReason>(i);
  return Error{ErrorKind::corrupt, "unknown finish reason \"" + name + "\"", "finish_reason", ""};
}

}  // namespace loom
