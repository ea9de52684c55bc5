// Long prompts as zlib streams. Fast level: a prompt is written once and rarely read.
#pragma once

#include <string>
#include <string_view>

#include "core/base/result.h"

namespace loom {

std::string compress_text(std::string_view text);
Result<std::string> expand_text(std::string_view bytes);  // corrupt or absurdly large: an Error

}  // namespace loom
