// A prompt pack's words for the records of a job.
#pragma once

#include <filesystem>

#include "core/benchmarks/benchmark.h"

namespace loom {

// None where the pack (or null) has none for the task.
std::optional<Wording> pack_wording(const nlohmann::json& pack, const std::string& benchmark,
                                    const std::string& task);

// An Error where words of the pack name a field that no task of their benchmark has: with the line
// of the file that the pack was read from, and the fields there are. What a single task lacks is
// found where its records are made.
Status check_pack_fields(const nlohmann::json& pack, const std::filesystem::path& file);

// An Error where records still show a gap of the words that the request asks with, since the task
// has no such field, or where the benchmark takes no words from outside.
Status check_pack_was_used(const TaskRequest& request, const std::string& benchmark,
                           const TaskRecords& records);

}  // namespace loom
