// BAMBOO's private_eval: programs for libraries that go by other names. What a model sees and what
// is run are records of two files, joined by task_id; the names follow from comparing them.
#pragma once

#include <filesystem>
#include <stop_token>

#include "core/benchmarks/benchmark.h"

namespace loom {

// Adds to each record the program and the tests that run its answer, as the metric pass_at_1 reads
// them. Records without a counterpart say why they are not scored. `shown` is the task's own file.
Status add_original_programs(const std::filesystem::path& shown,
                             const std::filesystem::path& original, std::vector<Record>& records,
                             std::stop_token stop);

}  // namespace loom
