// What a run's answers belong to: a run that goes on with other weights or other data under the old
// name would be no measurement of either.
#pragma once

#include <string>

#include "core/history/database.h"

namespace loom {

// Conflict where a model with other weights, tokenizer or template has answered samples of the run
// under this number. `description`: as LoadedModel writes it.
Status check_same_model(Database& database, int64_t run, int model, const std::string& description);
// Notes the hash of a job's records; Conflict where others have been answered for it.
Status record_data_hash(Database& database, int64_t run, int job, const std::string& hash);

}  // namespace loom
