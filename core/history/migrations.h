// The schema of the history, step by step from version 1. A file is brought up to date when it is
// opened for writing; a newer one is refused.
#pragma once

#include "core/history/database.h"

namespace loom {

inline constexpr int kSchemaVersion = 1;
inline constexpr int kApplicationId = 0x4c4f4f4d;  // "LOOM", in the file's header

// Creates the tables in an empty file, migrates an older one. Errors: not ours, newer, read-only.
Status migrate(Database& database);
// For readers: ours and of exactly this version.
Status check_version(Database& database);

}  // namespace loom
