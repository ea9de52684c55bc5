// Where allocating stops being an exception: memory that was refused becomes an Error.
#pragma once

#include <functional>
#include <string>

#include "core/base/result.h"

namespace loom {

// Runs `work`. Memory that the system, the limit or a device refused comes back as out_of_memory,
// what else torch throws as internal; `where` says what was done.
Status catch_out_of_memory(const std::function<Status()>& work, const std::string& where);

}  // namespace loom
