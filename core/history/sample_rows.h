// Samples to rows and back.
#pragma once

#include "core/evaluation/sample.h"
#include "core/history/database.h"
#include "core/history/prompt_rows.h"

namespace loom {

// Conflict when this sample is stored as done already; a failed or cancelled one is replaced.
Status write_sample(Database& database, int64_t run, const Sample& sample, SharedDocument& last);
Result<Sample> read_sample(Database& database, int64_t sample_id);
// Whether read_sample can read it, without expanding its prompt.
Status check_sample(Database& database, int64_t sample_id);
// None: the sample has no answer.
Result<std::optional<GenerationResult>> read_result(Database& database, int64_t sample_id);

}  // namespace loom
