// One run from one history to another: what a bundle holds, and what it gives back.
#pragma once

#include "core/history/database.h"

namespace loom {

// Both files have this program's schema. Ids are given anew; documents that exist are shared. The
// source is read only. Runs inside the caller's transaction on `target`.
Result<int64_t> copy_run(Database& source, int64_t run, Database& target);

// A foreign file is used only when its tables are exactly ours: no views, no triggers, no extras.
Status check_same_schema(Database& foreign, Database& ours);

}  // namespace loom
