// A prompt pack's words for the records of a job.
#pragma once

#include "core/benchmarks/benchmark.h"

namespace loom {

// None where the pack (or null) has none for the task.
std::optional<Wording> pack_wording(const nlohmann::json& pack, const std::string& benchmark,
                                    const std::string& task);

// An Error where records still show a gap of the pack's words, since the task has no such field, or
// where the benchmark takes no words from outside.
Status check_pack_was_used(const Wording& wording, const TaskRecords& records);

}  // namespace loom
