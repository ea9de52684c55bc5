// How much memory an engine may take where a user bounds it: --memory_limit of the engine and of
// the command line, or LOOMSCOPE_MEMORY_LIMIT, which every engine that a program starts inherits.
#pragma once

#include <cstdint>
#include <string>

#include "core/base/result.h"

namespace loom {

inline constexpr const char* kMemoryLimitVariable = "LOOMSCOPE_MEMORY_LIMIT";

// "800000000", "640M" or "1.5G", units of 1024 as in every size that is shown; an "iB" behind the
// letter is accepted. `where` names the option in the error.
Result<uint64_t> memory_size_from(const std::string& text, const std::string& where);
Result<uint64_t> memory_limit_from_environment();  // 0: none
// "needs 812 MiB, 640 MiB allowed": rounded so that what does not fit never reads as if it did.
std::string needs_of(uint64_t needed, uint64_t allowed);

}  // namespace loom
