// The schema of the history, step by step from version 1. A file is brought up to date when it is
// opened for writing; a newer one is refused.
#pragma once

#include "core/history/database.h"

namespace loom {

inline constexpr int kSchemaVersion = 2;

// Creates the tables in an empty file, migrates an older one. Errors: not ours, newer, read-only.
Status migrate(Database& database);
// A file from elsewhere of an older version, ours beyond doubt; one of this version is only read.
Status bring_up_to_date(Database& database);
// For readers: ours and of exactly this version.
Status check_version(Database& database);

}  // namespace loom
