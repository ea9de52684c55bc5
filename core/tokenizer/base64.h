// Base64 (RFC 4648) as tiktoken's files and compiled character maps are written.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace loom {

std::optional<std::string> from_base64(std::string_view text);

}  // namespace loom
