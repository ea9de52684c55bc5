// Whether a path can be read as a file. Everything that a user names is asked before it is opened:
// a pipe without a writer would block for ever, and a device may never end.
#pragma once

#include <filesystem>

#include "core/base/result.h"

namespace loom {

// The error says what is there instead: nothing, a folder, a pipe, a socket or a device.
Status check_regular_file(const std::filesystem::path& file);

}  // namespace loom
